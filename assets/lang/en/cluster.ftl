# What is said on the way to a cluster and of its answers.

cluster-no-answer = no answer within { $seconds } s

# Which cluster
cluster-connect-no-cluster = no cluster is configured: { $looked }, and this is not a pod; set KUBECONFIG or --kubeconfig, or try `opsbook --practice`
cluster-connect-no-context = { $why }; say which with --context NAME: { $names }
cluster-connect-no-contexts = it has none
cluster-connect-no-such-context = the kubeconfig has no context { $wanted }; it has: { $known }
cluster-connect-no-such-server = no context of the kubeconfig leads to { $server }; it has: { $known }; add that cluster, or name a context with --context
cluster-connect-several-contexts = the session was on { $server } as { $was }, which is no context here; { $several } lead there: say which with --context
cluster-connect-file = the kubeconfig { $path } could not be used: { $why }; check it with `kubectl config view`
cluster-connect-no-such-cluster = the context { $context } names the cluster { $cluster }, which is not in the kubeconfig
cluster-connect-unusable = the context { $context } cannot be used: { $why }
cluster-kubeconfig-no-account = the service account of this pod is gone
cluster-kubeconfig-no-current = the kubeconfig has no current context
cluster-kubeconfig-no-such-current = the current context { $context } is not in the kubeconfig
cluster-kubeconfig-passed-over = { $why } ({ $files })
cluster-kubeconfig-http = the server { $server } has no scheme: as for kubectl it is asked over http, without credentials; write https://{ $server } if that is meant
cluster-kubeconfig-http-here = the server { $server } has no scheme: as for kubectl it is asked over http, with credentials since it is on this machine; write https://{ $server } if that is meant
cluster-kubeconfig-too-long = it is longer than { $bytes } bytes
cluster-kubeconfig-empty = { $file } is empty
cluster-kubeconfig-absent = { $file } is not there
cluster-kubeconfig-not-there = it is not there
cluster-kubeconfig-no-home = there is no home folder to look in
cluster-kubeconfig-not-found = no kubeconfig with a cluster was found at { $files }
cluster-kubeconfig-no-text = it is no text in UTF-8 or UTF-16
cluster-identity-no-namespace = the answer is no Namespace

# What a kubeconfig says and cannot be used
cluster-unusable-address = the server { $server } is no address: { $why }; write https://HOST:PORT
cluster-unusable-proxy = the proxy of { $place } cannot be used: { $why }
cluster-unusable-base64 = { $field }-data of the kubeconfig is no base64: { $why }
cluster-unusable-no-certificate = { $field } of the kubeconfig holds no certificate that can be read
cluster-unusable-token = { $place } cannot be sent: { $why }
cluster-unusable-file = { $path }, which the kubeconfig names, could not be read: { $why }
cluster-unusable-provider = the kubeconfig names the auth-provider { $name }, which kubectl knows no more either: use the credential plugin that took its place
cluster-unusable-two-methods = the kubeconfig says more than one way to log in for this user, token and password: leave one
cluster-unusable-trusts-both = its cluster has an authority for the server's certificate, and insecure-skip-tls-verify, which believes every server: leave one
cluster-unusable-half = the kubeconfig has { $there } without { $missing }
cluster-unusable-no-key = client-key of the kubeconfig cannot be used: { $why }
cluster-unusable-other-key = client-key of the kubeconfig is not the key of client-certificate
cluster-unusable-key = the client key is { $kind }, with which opsbook cannot sign: RSA of 2048 to 4096 bits, ECDSA P-256, P-384, P-521 and Ed25519 can be used; have another certificate made
cluster-unusable-name = tls-server-name { $name } is no name of a host
cluster-unusable-tls = TLS cannot be spoken: { $why }
cluster-unusable-header = a header of the kubeconfig's user cannot be sent: { $why }
cluster-address-empty = it is empty
cluster-address-no-host = it has no host
cluster-address-no-port = its port is none
cluster-address-other-scheme = its scheme is neither https nor http
cluster-address-path = it has a path and no scheme
cluster-proxy-of-kubeconfig = proxy-url of the kubeconfig
cluster-proxy-no-address = it is no address
cluster-proxy-no-scheme = it has no scheme, such as http://
cluster-proxy-other-scheme = its scheme is none of http, https, socks5 and socks5h
cluster-proxy-no-host = its host or port is none
cluster-bearer-id-token = the id-token of the kubeconfig
cluster-bearer-token = the token of the kubeconfig
cluster-bearer-user = the user of the kubeconfig
cluster-bearer-none = there is none
cluster-bearer-empty = it is empty
cluster-bearer-no-header = user and password make no header
cluster-bearer-characters = it has characters that no token has, such as a line end in its middle
cluster-key-locked = it is locked with a password
cluster-key-none = it holds no private key
cluster-key-rsa = RSA of about { $bits } bits
cluster-key-curve = ECDSA with an unusual curve
cluster-key-kind = of the kind { $algorithm }
cluster-p521-unsigned = P-521 could not sign

# A server whose certificate is not believed
cluster-certificate-explained = { $error } ({ $what })
cluster-certificate-no-authority = no authority that the kubeconfig lists as certificate-authority, or else the system, signed the server's certificate
cluster-certificate-signature = it is signed in a way that is not checked here, as with SHA-1, or RSA below 2048 bits: have another one made
cluster-certificate-of-authority = it is an authority's, and taken only where certificate-authority lists that very one
cluster-certificate-version = it is X.509 v1, which holds no names to check: have another one made

# Credentials
cluster-failure-log-in = { $why }; log in, then press ctrl-r
cluster-failure-log-in-rerun = { $why }; log in, then run it again
cluster-failure-again = { $why }; press ctrl-r to try again
cluster-failure-mend = { $why }; put it right, then press ctrl-r
cluster-login-session-ends = the session ends
cluster-login-refused = { $server } refuses { $what }
cluster-login-refused-again = { $server } refuses { $what } again and again, after it took them
cluster-login-credentials = the credentials (401 Unauthorized)
cluster-login-certificate = the client certificate
cluster-login-not-sent = { $server } wants to know who asks, and credentials are not sent over http to another machine or through a proxy; its address in the kubeconfig must begin with https://
cluster-login-moved = the kubeconfig was changed: its context { $context } leads to { $now } now, and this session is on { $before }; nothing is asked there; leave, and start opsbook anew
cluster-login-other-cluster = another cluster answers at { $server } than this session is on; leave, and check where its address leads
cluster-login-hidden = with these credentials it cannot be seen that { $server } is still the session's cluster: its namespace kube-system may not be read
cluster-login-no-word = { $server } did not say within { $seconds } s which cluster it is
cluster-plugin-failed = the credential plugin { $plugin } failed: { $why }
cluster-plugin-failed-without-terminal = the credential plugin { $plugin } failed: { $why } (it wants a terminal, which it has under kubectl only)
cluster-plugin-no-command = the kubeconfig names a credential plugin without a command
cluster-plugin-not-here = it is not on this machine
cluster-plugin-unstarted = the credential plugin { $plugin } could not be started: { $why }
cluster-plugin-unstarted-hint = the credential plugin { $plugin } could not be started: { $why }: { $hint }
cluster-plugin-unread = the answer of the credential plugin { $plugin } could not be read: { $why }
cluster-plugin-too-long = the answer of the credential plugin { $plugin } is longer than { $bytes } bytes
cluster-plugin-no-json = the answer of the credential plugin { $plugin } is no ExecCredential in JSON: { $why }
cluster-plugin-other-version = the answer of the credential plugin { $plugin } has the version { $given }, and the kubeconfig asks for { $wanted }
cluster-plugin-no-time = the answer of the credential plugin { $plugin } has an end that is no time: { $why }
cluster-plugin-nothing = the answer of the credential plugin { $plugin } has neither a token nor a certificate with its key

# Reading
cluster-read-failed = { $what } could not be read: { $why }
cluster-read-log = the log of { $pod } { $container }
cluster-read-busy = { $why }; it asks for { $seconds } s
cluster-read-not-the-server = { $why }: does something answer in the API server's place?
cluster-read-compressed = the answer is compressed ({ $encoding }), which nobody asked for; does a proxy stand between here and the API server?
cluster-read-some-way = unknown
cluster-list-expired = the server calls a new list expired (410)
cluster-list-repeats = the server gives the same page of the list again and again
cluster-list-stopped = a list stopped for { $seconds } s in its middle
cluster-list-unread = a page of the list could not be read: { $why }
cluster-list-too-long = a page of the list is longer than { $largest } MiB
cluster-watch-anew = its state is read anew
cluster-watch-ends = the server ends each watch at once
cluster-watch-lost = the connection was lost, and the server has not answered since
cluster-watch-too-old = the server calls each version that it gives too old (410); the state is read anew
cluster-watch-again = it is not followed at the moment; it is tried again
cluster-watch-cut-short = the answer ended before the first state was complete
cluster-watch-cut-within = the answer ended within an event
cluster-came-nameless = something that does not say what it is
cluster-came-without-version = a { $kind } without apiVersion
cluster-came-kind = a { $kind } of { $version }
cluster-came-other = a { $kind } of { $version } was asked for and { $came } came; does something answer in the API server's place?
cluster-came-other-says = a { $kind } of { $version } was asked for and { $came } came ({ $said }); does something answer in the API server's place?
cluster-came-no-list = the answer is no list: { $why }
cluster-came-no-items = a { $kind }List without items came
cluster-came-metadata = the list's metadata: { $why }
cluster-came-no-version = a list without metadata.resourceVersion came: nothing says of when it is
cluster-came-ends-early = the list ends although the server says that { $left } more objects follow
cluster-frame-too-large = a watch frame of { $bytes } bytes is over the limit of 64 MiB; is this address an API server?
cluster-frame-malformed = a watch frame could not be read: { $why }; a proxy between here and the API server may cut answers
cluster-frame-protobuf = it came as protobuf and JSON was asked for
cluster-frame-no-mark = the object does not begin with the mark of Kubernetes' protobuf
cluster-frame-other-event = unknown kind of event { $event }
cluster-frame-no-version = a bookmark without a version

# Writing
cluster-write-stale = { $object } { $changed }; look at the new plan: { $said }
cluster-write-gone = { $object } is gone
cluster-write-another = it is another one now
cluster-write-budget = a budget does not allow it now: { $said }
cluster-write-ending = the namespace is ending: { $said }
cluster-write-logged-out = nothing was done, for want of credentials: { $said }
cluster-write-forbidden = you may not: { $said }
cluster-write-unknown = no answer, so it is not known whether it happened: { $said }
cluster-write-refused = the server refused: { $said }
cluster-write-no-length = the length of the value is not known
cluster-write-no-value = no value could be made: { $why }
cluster-write-no-typed = the value that was typed is not known any more
cluster-write-no-review = the review could not be written
cluster-write-before-first = before the first request
cluster-write-before-next = before the next request
cluster-write-shell = a shell needs the operator's terminal
cluster-write-script = a script is not sent to the API server
cluster-write-token-time = a time not told
cluster-hold-early = taken back early
cluster-hold-over = taken back when its time was over
cluster-hold-waits = it cannot be taken back yet: { $said }
cluster-hold-failed = it was applied, and taking it back failed: { $why }
cluster-hold-unrecorded = taken back, but not recorded: { $why }
cluster-diff-exists = exists
cluster-diff-hidden = (hidden)

# Drains
cluster-drain-count = { $gone } of { $all } pods have left
cluster-drain-done = { $gone } of { $all } pods have left, { $stay }
cluster-drain-done-silent = { $gone } of { $all } pods have left (marked; the silent kubelet cannot confirm), { $stay }
cluster-drain-stay = { $pods } stay
cluster-drain-stay-which = { $pods } stay ({ $which })
cluster-drain-stay-sort = { $pods } { $why }
cluster-drain-waiting = waiting: { $waits }
cluster-drain-waits = { $pod }: { $why }
cluster-drain-ending = is ending
cluster-drain-over = time is over after { $seconds } s
cluster-drain-refused = { $pod } was refused: { $why }
cluster-drain-cancelled = no new evictions; { $count }
cluster-drain-no-journal = the journal could not be written
cluster-drain-unfollowed = the cluster is no longer followed

# Forwards
cluster-forward-line = 127.0.0.1:{ $at } → { $pod }:{ $port } · { $open } open of { $all ->
        [one] 1 connection
       *[other] { $all } connections
    } · { $sent } B to it, { $received } B from it
cluster-forward-line-trouble = 127.0.0.1:{ $at } → { $pod }:{ $port } · ✖ { $why } · { $open } open of { $all ->
        [one] 1 connection
       *[other] { $all } connections
    } · { $sent } B to it, { $received } B from it
cluster-forward-nothing = nothing was forwarded
cluster-forward-ended = ended: { $words }
cluster-forward-gone = pod { $pod } is gone
cluster-forward-another = pod { $pod } is gone; another one has its name
cluster-forward-pod-ended = pod { $pod } has ended: it is { $phase }
cluster-forward-port = port { $port } of this machine cannot be listened on ({ $why }): give another `local`
cluster-forward-no-more = nothing more can be taken on 127.0.0.1:{ $port }: { $why }
cluster-forward-unheard = nothing listens on port { $port } in the pod: { $said }
cluster-forward-no-stream = the server opened no stream
cluster-forward-broke-off = the connection broke off: { $why }
cluster-forward-broke-inside = a connection broke inside of opsbook; its log says how

# Objects that are written anew
cluster-rewrite-objects = { $objects ->
        [one] 1 object
       *[other] { $objects } objects
    }
cluster-rewrite-objects-anew = { $objects ->
        [one] 1 object
       *[other] { $objects } objects
    }, written anew as they are
cluster-rewrite-done = { $written } of { $all ->
        [one] 1 object
       *[other] { $all } objects
    } of { $kinds } written anew
cluster-rewrite-done-passed = { $written } of { $all ->
        [one] 1 object
       *[other] { $all } objects
    } of { $kinds } written anew, { $passed } gone or changed meanwhile
cluster-rewrite-no-answer = no answer to a list of { $kinds } within { $seconds } s
cluster-rewrite-unlisted = { $kinds } cannot be listed: { $why }
cluster-write-save = what is saved is no request that changes something

# cluster/evidence/left.rs
cluster-evidence-left-list-of-apis = the list of APIs
cluster-evidence-left-not-answered = { $version }: not answered: { $why }
cluster-evidence-left-nothing-is-left-in-it = nothing is left in it
cluster-evidence-left-none = { $named }: none
cluster-evidence-left-server-has-no-such-resource = { $named }: the server has no such resource
cluster-evidence-left-group-names-no-version = the group names no version
cluster-evidence-left-and-more = {" "}and { $rest } more
cluster-evidence-left-held-by = { $name } (held by { $finalizers })

# cluster/evidence/logs.rs
cluster-evidence-logs-container-has-not-run-it-has = container { $container } has not run: it has no log
cluster-evidence-logs-it-did-not-end-within-s = it did not end within { $as_secs } s
# cluster/evidence/mod.rs
cluster-evidence-it-is-another-object-of-same = it is another object of the same name by now
cluster-evidence-answer-is-not-json = the answer is not JSON: { $e }
cluster-evidence-no-answer-within-s = no answer within { $as_secs } s

# cluster/evidence/objects.rs
cluster-evidence-objects-events-about = the events about { $object }
cluster-evidence-objects-no-events-are-left-about-it = no events are left about it
cluster-evidence-objects-answer-is-not-list = the answer is not a list
cluster-evidence-logs-bytes-left-out = { $bytes } bytes before this were left out
cluster-evidence-logs-previous = the previous log of container { $container }
cluster-evidence-logs-own = the log of container { $container }
