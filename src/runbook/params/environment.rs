//! Parameters as environment variables of a script: the only way in which a script sees them.

use super::{ObjectRef, ParamValue, Values};

/// One variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvVar {
    /// Upper-case name.
    pub name: String,
    /// Its value.
    pub value: super::SecretText,
    /// Whether the value must be redacted everywhere.
    pub secret: bool,
}

/// `peerUrl` and `peer-url` give `PEER_URL`.
pub fn variable_name(name: &str) -> String {
    let mut out = String::new();
    let mut lower = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && lower {
            out.push('_');
        }
        lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
    }
    out
}

/// Variables that mean something to the shell itself, to the loader of programs, or to the tools that a script calls: a
/// value in one of them would change what runs, or where it goes. A line for each of those that read them.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    // Shells.
    "PATH", "HOME", "SHELL", "TERM", "IFS", "ENV", "PWD", "OLDPWD", "CDPATH", "FPATH", "ZDOTDIR", "PROMPT_COMMAND", "GLOBIGNORE",
    "EXECIGNORE", "FIGNORE", "FUNCNEST", "POSIXLY_CORRECT", "SHELLOPTS", "BASHOPTS", "SHLVL", "PS0", "PS1", "PS2", "PS3", "PS4",
    "PROMPT", "OPTIND", "OPTARG", "OPTERR", "UID", "EUID", "GROUPS", "PPID", "RANDOM", "SECONDS", "LINENO", "FUNCNAME", "REPLY",
    "DIRSTACK", "PIPESTATUS", "TIMEFORMAT", "TMOUT", "HISTFILE", "FCEDIT", "INPUTRC", "MAIL", "MAILPATH", "ARGV0", "COLUMNS", "LINES",
    // Who and where, for ssh, sudo, git and libc.
    "USER", "LOGNAME", "HOSTNAME", "HOSTALIASES", "LOCALDOMAIN", "RES_OPTIONS", "LANG", "LANGUAGE", "LOCPATH", "NLSPATH",
    "GCONV_PATH", "GETCONF_DIR", "TZ", "TZDIR", "TMP", "TEMP", "TMPDIR", "TERMINFO", "TERMINFO_DIRS", "TERMCAP", "GLIBC_TUNABLES",
    // What a program starts for the operator to look or to write.
    "EDITOR", "VISUAL", "PAGER", "MANPAGER", "BROWSER", "LESS", "LESSOPEN", "LESSCLOSE", "LESSSECURE", "LESSKEY", "MORE", "LS_COLORS",
    // Packers, finders, builders.
    "GZIP", "BZIP", "BZIP2", "UNZIP", "UNZIPOPT", "ZIPOPT", "GREP_OPTIONS", "AWKPATH", "AWKLIBPATH", "MAKEFLAGS", "MAKEFILES", "WGETRC",
    "CVS_RSH", "HGRCPATH",
    // Interpreters that have no head of their own.
    "NODE_OPTIONS", "NODE_PATH", "NODE_EXTRA_CA_CERTS", "NODE_TLS_REJECT_UNAUTHORIZED", "NODE_REPL_EXTERNAL_MODULE",
    "JAVA_TOOL_OPTIONS", "JAVA_HOME", "JDK_JAVA_OPTIONS", "CLASSPATH", "GODEBUG", "GOFLAGS", "GOTRACEBACK", "DOTNET_STARTUP_HOOKS",
    "CORECLR_PROFILER", "TCLLIBPATH",
    // TLS and keys.
    "SSLKEYLOGFILE", "REQUESTS_CA_BUNDLE", "GNUPGHOME", "KRB5CCNAME", "NETRC",
    // Clusters and clouds.
    "KUBECONFIG", "KUBE_EDITOR", "KUBERC", "CRI_CONFIG_FILE", "CONTAINER_HOST", "CONTAINER_RUNTIME_ENDPOINT", "IMAGE_SERVICE_ENDPOINT",
    "GOOGLE_APPLICATION_CREDENTIALS", "BOTO_CONFIG", "PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGPASSWORD",
    "PGPASSFILE", "PGSERVICE", "PGSERVICEFILE", "PGSYSCONFDIR", "PGOPTIONS",
    // Our own.
    "RUN_ID",
];
/// What all of their names begin with.
#[rustfmt::skip]
const RESERVED_HEADS: &[&str] = &[
    // Loaders and libc.
    "LD_", "DYLD_", "LC_", "MALLOC_", "QEMU_",
    // Shells and interpreters.
    "BASH_", "ZSH_", "PYTHON", "PERL", "RUBY", "GEM_", "BUNDLE_", "LUA_", "PHP", "NPM_", "RUST_", "CARGO_",
    // TLS, transfer, login.
    "SSL_", "OPENSSL", "GNUTLS_", "CURL_", "SSH_", "GIT_", "SVN_", "RSYNC_", "SUDO_", "GPG_", "SOCKS_", "SASL_", "KRB5_",
    // Packers.
    "TAR_", "XZ_", "ZSTD_",
    // Clusters and clouds.
    "KUBECTL_", "KUBERNETES_", "HELM_", "ETCDCTL_", "ETCD_", "DOCKER_", "CONTAINERD_", "BUILDKIT_", "VAULT_", "CONSUL_", "TF_", "AWS_",
    "AZURE_", "ARM_", "CLOUDSDK_", "ALIBABA_CLOUD_", "PGSSL", "MYSQL_", "XDG_", "OPSBOOK_",
];
/// What all of their names end with.
const RESERVED_TAILS: &[&str] = &["_PROXY"];

/// Whether a variable must not come from a parameter.
pub fn is_reserved(variable: &str) -> bool {
    RESERVED.contains(&variable)
        || RESERVED_HEADS.iter().any(|head| variable.starts_with(head))
        || RESERVED_TAILS.iter().any(|tail| variable.ends_with(tail))
}

/// The variables of some parameters. `pod` gives `POD`, `POD_NAME` and `POD_NAMESPACE`; a thing with fields
/// gives one variable for each; a list gives `NODES` with one element a line, `NODES_FIRST` and `NODES_COUNT`.
pub fn environment(values: &Values) -> Vec<EnvVar> {
    let mut out = Vec::new();
    for (name, value) in values {
        let base = variable_name(name);
        let secret = matches!(value, ParamValue::Secret(_));
        let mut add = |name: String, value: String| {
            out.push(EnvVar { name, value: super::SecretText::new(value), secret });
        };
        add(base.clone(), value.plain());
        match value {
            ParamValue::Object(ObjectRef { namespace, name, .. }) => {
                add(format!("{base}_NAME"), name.clone());
                if let Some(namespace) = namespace {
                    add(format!("{base}_NAMESPACE"), namespace.clone());
                }
            }
            ParamValue::Fields(fields) => {
                for (field, text) in fields {
                    add(format!("{base}_{}", variable_name(field)), text.clone());
                }
            }
            ParamValue::List(items) => {
                add(format!("{base}_FIRST"), items.first().map(ParamValue::plain).unwrap_or_default());
                add(format!("{base}_COUNT"), items.len().to_string());
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_upper_case_words() {
        assert_eq!(variable_name("peerUrl"), "PEER_URL");
        assert_eq!(variable_name("node_name"), "NODE_NAME");
        assert_eq!(variable_name("copy-file"), "COPY_FILE");
    }

    #[test]
    fn what_steers_a_shell_is_reserved_and_common_names_are_not() {
        for name in ["PATH", "LD_PRELOAD", "BASH_ENV", "IFS", "KUBECONFIG", "RUN_ID"] {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["NODE", "POD_NAME", "CPS", "SNAPSHOT", "LDAP"] {
            assert!(!is_reserved(name), "{name}");
        }
    }

    #[test]
    fn objects_and_lists_have_further_variables() {
        let pod = ObjectRef { kind: "pod".into(), namespace: Some("shop".into()), name: "web-1".into() };
        let list = ParamValue::List(vec![ParamValue::Text("a".into()), ParamValue::Text("b".into())]);
        let values = Values::from([("pod".into(), ParamValue::Object(pod)), ("cps".into(), list)]);
        let vars = environment(&values);
        let shown: Vec<_> = vars.iter().map(|v| format!("{}={}", v.name, v.value.reveal())).collect();
        let expected = [
            "CPS=a\nb",
            "CPS_FIRST=a",
            "CPS_COUNT=2",
            "POD=shop/web-1",
            "POD_NAME=web-1",
            "POD_NAMESPACE=shop",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    #[rustfmt::skip]
    fn what_steers_loaders_shells_interpreters_and_tools_is_reserved() {
        for name in [
            "TAR_OPTIONS", "OPENSSL_CONF", "AWS_CONFIG_FILE", "XDG_CONFIG_HOME", "HELM_KUBECONTEXT", "ETCDCTL_ENDPOINTS",
            "SSL_CERT_FILE", "KUBERNETES_SERVICE_HOST", "KUBECONFIG", "LD_PRELOAD", "GIT_SSH_COMMAND", "SSH_ASKPASS", "ALL_PROXY",
            "FTP_PROXY", "CURL_HOME", "GCONV_PATH", "LESSOPEN", "ZDOTDIR", "USER", "AWKPATH", "JDK_JAVA_OPTIONS", "PGSERVICEFILE",
            "REQUESTS_CA_BUNDLE", "CONTAINER_RUNTIME_ENDPOINT", "DOCKER_HOST", "GLIBC_TUNABLES",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        // What runbooks call their parameters.
        for name in ["NODE", "NODE_NAME", "POD", "POD_NAMESPACE", "DEPLOYMENT", "NAMESPACE", "CLUSTER", "TOKEN", "SNAPSHOT", "PEER_IP"] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
