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
/// value in one of them would change what runs.
const RESERVED: &[&str] = &[
    "PATH",
    "HOME",
    "SHELL",
    "TERM",
    "IFS",
    "ENV",
    "PWD",
    "OLDPWD",
    "CDPATH",
    "LANG",
    "LANGUAGE",
    "TMPDIR",
    "KUBECONFIG",
    "PROMPT_COMMAND",
    "GLOBIGNORE",
    "POSIXLY_CORRECT",
    "SHELLOPTS",
    "BASHOPTS",
    "PS1",
    "PS2",
    "PS3",
    "PS4",
    "OPTIND",
    "OPTARG",
    "OPTERR",
    "UID",
    "EUID",
    "PPID",
    "RANDOM",
    "SECONDS",
    "LINENO",
    "FUNCNAME",
    "TMOUT",
    "EDITOR",
    "VISUAL",
    "PAGER",
    "NODE_OPTIONS",
    "NODE_PATH",
    "JAVA_TOOL_OPTIONS",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "ALL_PROXY",
    "RUN_ID",
];
/// What all of their names begin with.
const RESERVED_HEADS: &[&str] =
    &["LD_", "DYLD_", "LC_", "BASH_", "GIT_", "PYTHON", "PERL", "RUBY", "KUBECTL_", "OPSBOOK_"];

/// Whether a variable must not come from a parameter.
pub fn is_reserved(variable: &str) -> bool {
    RESERVED.contains(&variable) || RESERVED_HEADS.iter().any(|head| variable.starts_with(head))
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
}
