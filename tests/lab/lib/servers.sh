# The control plane: etcd, kube-apiserver, kube-controller-manager, kube-scheduler.
# Sourced by ../lab. Nothing here survives `lab down`, so etcd need not sync to the disk.

API_PORT=$((PORT + 43))
CONTROLLER_PORT=$((PORT + 57))
SCHEDULER_PORT=$((PORT + 59))
ETCD_PORT=$((PORT + 79))
PEER_PORT=$((PORT + 80))
SERVER=https://127.0.0.1:$API_PORT
ETCD=https://127.0.0.1:$ETCD_PORT
SERVERS=(etcd apiserver controller-manager scheduler)

start_etcd() {
	launch etcd "$(program etcd)" --name lab --data-dir "$STATE/etcd" --unsafe-no-fsync --log-level warn --quota-backend-bytes 4294967296 \
		--listen-client-urls "$ETCD" --advertise-client-urls "$ETCD" --client-cert-auth \
		--trusted-ca-file "$PKI/etcd-ca.crt" --cert-file "$PKI/etcd.crt" --key-file "$PKI/etcd.key" \
		--initial-cluster "lab=https://127.0.0.1:$PEER_PORT" --listen-peer-urls "https://127.0.0.1:$PEER_PORT" \
		--initial-advertise-peer-urls "https://127.0.0.1:$PEER_PORT" --peer-client-cert-auth \
		--peer-trusted-ca-file "$PKI/etcd-ca.crt" --peer-cert-file "$PKI/etcd.crt" --peer-key-file "$PKI/etcd.key"
}

start_apiserver() {
	# The Service `kubernetes` gets no endpoint: a loopback address may not be one.
	launch apiserver "$(program kube-apiserver)" --bind-address 127.0.0.1 --secure-port "$API_PORT" --endpoint-reconciler-type none \
		--etcd-servers "$ETCD" --etcd-cafile "$PKI/etcd-ca.crt" --etcd-certfile "$PKI/etcd.crt" --etcd-keyfile "$PKI/etcd.key" \
		--tls-cert-file "$PKI/apiserver.crt" --tls-private-key-file "$PKI/apiserver.key" --client-ca-file "$PKI/ca.crt" \
		--authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction --allow-privileged --service-cluster-ip-range 10.96.0.0/16 \
		--service-account-issuer https://kubernetes.default.svc --service-account-key-file "$PKI/service-account.key" \
		--service-account-signing-key-file "$PKI/service-account.key" \
		--requestheader-client-ca-file "$PKI/front-proxy-ca.crt" --requestheader-allowed-names front-proxy \
		--requestheader-username-headers X-Remote-User --requestheader-group-headers X-Remote-Group \
		--requestheader-extra-headers-prefix X-Remote-Extra- \
		--proxy-client-cert-file "$PKI/front-proxy.crt" --proxy-client-key-file "$PKI/front-proxy.key" \
		--audit-policy-file "$HERE/audit-policy.yaml" --audit-log-path "$STATE/audit.log"
}

# start_controllers GRACE LEASE-FLAG...
start_controllers() {
	local grace=$1 period=5s
	shift
	[[ $grace == *m* || ${grace%s} -gt 15 ]] || period=1s
	launch controller-manager "$(program kube-controller-manager)" --bind-address 127.0.0.1 --secure-port "$CONTROLLER_PORT" \
		--kubeconfig "$PKI/controller-manager.kubeconfig" --authentication-kubeconfig "$PKI/controller-manager.kubeconfig" \
		--authorization-kubeconfig "$PKI/controller-manager.kubeconfig" --use-service-account-credentials \
		--service-account-private-key-file "$PKI/service-account.key" --root-ca-file "$PKI/ca.crt" \
		--cluster-signing-cert-file "$PKI/ca.crt" --cluster-signing-key-file "$PKI/ca.key" --kube-api-qps 200 --kube-api-burst 400 \
		--node-monitor-grace-period "$grace" --node-monitor-period "$period" "$@"
	launch scheduler "$(program kube-scheduler)" --bind-address 127.0.0.1 --secure-port "$SCHEDULER_PORT" \
		--kubeconfig "$PKI/scheduler.kubeconfig" --authentication-kubeconfig "$PKI/scheduler.kubeconfig" \
		--authorization-kubeconfig "$PKI/scheduler.kubeconfig" "$@"
}

# as USER PATH [CURL-FLAG...]: a request to the API server, which indents its answers where it sees curl.
as() {
	local user=$1 path=$2
	shift 2
	curl -sSf -A test-lab -m 5 --cacert "$PKI/ca.crt" --cert "$PKI/$user.crt" --key "$PKI/$user.key" "$@" "$SERVER$path"
}

# Answers only once the controllers have filled the ClusterRole in.
bind_viewer() {
	as labtool /apis/rbac.authorization.k8s.io/v1/clusterrolebindings -o /dev/null -H 'Content-Type: application/json' -d '{
		"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "test-lab-viewer"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "viewer"}]}' 2>/dev/null || true
}

# start_servers GRACE LEASE-FLAG...: what does not run yet, until all of it works.
start_servers() {
	start_etcd
	start_apiserver
	await 90 apiserver as labtool /readyz
	say "kube-apiserver is ready after ${SECONDS} s"
	bind_viewer
	start_controllers "$@"
	await 60 controller-manager as labtool /api/v1/namespaces/default/serviceaccounts/default
	await 60 controller-manager as viewer '/api/v1/namespaces/default/pods?limit=1'
	await 60 scheduler curl -skf -m 5 "https://127.0.0.1:$SCHEDULER_PORT/readyz"
}

ports_free() {
	local port
	for port in "$API_PORT" "$CONTROLLER_PORT" "$SCHEDULER_PORT" "$ETCD_PORT" "$PEER_PORT"; do
		if (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			die "port $port is in use by a program that is not this lab's: set OPSBOOK_TEST_LAB_PORT to another first port"
		fi
	done
}

# fresh_state SHAPE: an empty state folder with certificates, for a lab that does not run.
fresh_state() {
	need openssl curl flock setsid
	have_programs
	ports_free
	clear_state
	mkdir -p "$STATE"
	chmod 700 "$STATE"
	mkdir "$PKI" "$STATE/run" "$STATE/log"
	printf '%s\n' "$1" >"$STATE/shape"
	make_certs
	make_kubeconfigs
}

clear_state() {
	[ ! -d "$STATE" ] || rm -rf -- "${STATE:?}"
}

# any_server: one of the servers runs.
any_server() {
	local name
	for name in "${SERVERS[@]}"; do
		if running "$name" >/dev/null; then return 0; fi
	done
	return 1
}

# keep_or_refuse SHAPE: a running lab is kept where it has the shape that is asked for.
keep_or_refuse() {
	local is
	any_server || return 1
	is=$(<"$STATE/shape")
	[ "$is" = "$1" ] || die "already up as \"$is\", not as \"$1\": run lab down first"
}

check_grace() {
	[[ $1 =~ ^[0-9]+[sm]$ ]] || die "--grace is a number of seconds or minutes, such as 8s or 2m"
}

cmd_up() {
	local grace=50s asked=""
	while [ $# -gt 0 ]; do
		case $1 in
		--grace) grace=${2:-} asked=yes && shift 2 || die "--grace needs a time" ;;
		*) die "lab up takes --grace TIME only" ;;
		esac
	done
	check_grace "$grace"
	locked "up-$PORT"
	# A lab that runs is taken as it is, unless another grace period is asked for.
	if any_server && [ -z "$asked" ]; then
		read -r _ grace _ <"$STATE/shape"
	fi
	umask 077
	SECONDS=0
	keep_or_refuse "plain $grace" || fresh_state "plain $grace"
	start_servers "$grace"
	say "up after ${SECONDS} s"
	echo "$STATE/kubeconfig"
}

cmd_down() {
	locked "up-$PORT"
	local names
	mapfile -t names < <(recorded)
	# The state is thrown away, so nobody needs time to write it down.
	finish KILL "${names[@]}"
	clear_state
	say "down"
}

cmd_status() {
	local name pid
	[ -d "$STATE" ] || die "no lab on port $PORT"
	printf 'shape       %s\nserver      %s\nkubeconfig  %s\naudit log   %s\nlogs        %s\n' \
		"$(<"$STATE/shape")" "$SERVER" "$STATE/kubeconfig" "$STATE/audit.log" "$STATE/log/"
	for name in $(recorded); do
		if pid=$(running "$name"); then
			printf '%-24s pid %-8s %s MiB\n' "$name" "$pid" "$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$pid/status")"
		else
			printf '%-24s has ended, see %s\n' "$name" "$STATE/log/$name.log"
		fi
	done
	any_server || return 1
}

cmd_kubectl() {
	[ -f "$STATE/kubeconfig" ] || die "no lab on port $PORT: run lab up"
	exec "$(program kubectl)" --kubeconfig "$STATE/kubeconfig" "$@"
}
