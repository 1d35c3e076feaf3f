# Nodes with a made-up kubelet, one process each. Sourced by ../lab.
#
# The process is what makes the node Ready: when it is stopped the node goes NotReady after
# the grace period, and when it is started again the node comes back.

# node_ready NAME: Ready, and without the taint that every new node has.
node_ready() {
	local node
	node=$(as labtool "/api/v1/nodes/$1" -H 'Accept: application/json') || return 1
	[[ $node == *'"reason":"KubeletReady"'* && $node != *node.kubernetes.io/not-ready* && $node != *node.kubernetes.io/unreachable* ]]
}

cmd_node() {
	local name="" stop="" aged=()
	while [ $# -gt 0 ]; do
		case $1 in
		--stop) stop=yes ;;
		--age)
			[[ ${2:-} =~ ^[0-9]+[smh]$ ]] || die "--age is a time such as 90s, 10m or 2h"
			aged=(-etcd "$ETCD" -age "$2")
			shift
			;;
		-*) die "lab node takes a name, --age TIME and --stop" ;;
		*) [ -z "$name" ] && name=$1 || die "one node at a time" ;;
		esac
		shift
	done
	[[ $name =~ ^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$ ]] || die "\"$name\" is not a name for a node (small letters, digits, dots, hyphens)"
	locked "up-$PORT"
	any_server || die "no lab on port $PORT: run lab up"
	if [ -n "$stop" ]; then
		running "node-$name" >/dev/null || die "node $name does not run"
		finish TERM "node-$name"
		say "node $name: stopped; NotReady after the grace period of $(cut -d' ' -f2 "$STATE/shape")"
		return
	fi
	launch "node-$name" "$(program labtool)" node -server "$SERVER" -pki "$PKI" -name "$name" "${aged[@]}"
	await 30 "node-$name" node_ready "$name"
	say "node $name: Ready"
}
