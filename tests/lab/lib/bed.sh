# The load bed: a lab with many nodes and pods, and a load on it. Sourced by ../lab.

# bed_flags: the size that the running bed was made with.
bed_flags() {
	local kind grace nodes pods
	[ -f "$STATE/shape" ] && read -r kind grace nodes pods <"$STATE/shape" && [ "$kind" = bed ] && any_server ||
		die "the load bed is not up: run lab bed up"
	echo "-nodes $nodes -pods $pods"
}

bed_up() {
	local grace=5m nodes=1000 pods=30000 flags version
	while [ $# -gt 0 ]; do
		case $1 in
		--grace | --nodes | --pods) [ -n "${2:-}" ] && printf -v "${1#--}" %s "$2" && shift 2 || die "$1 needs a value" ;;
		*) die "lab bed up takes --grace, --nodes and --pods" ;;
		esac
	done
	check_grace "$grace"
	[[ $nodes =~ ^[1-9][0-9]*$ && $pods =~ ^[1-9][0-9]*$ ]] || die "--nodes and --pods are numbers above zero"
	locked "up-$PORT"
	umask 077
	SECONDS=0
	if ! keep_or_refuse "bed $grace $nodes $pods"; then
		fresh_state "bed $grace $nodes $pods"
		version=$("$(program kube-apiserver)" --version)
		start_etcd
		"$(program labtool)" fill -etcd "$ETCD" -pki "$PKI" -version "${version##* }" -nodes "$nodes" -pods "$pods" >&2 ||
			die_with_log etcd "the load bed could not be written"
	fi
	# A storm of LISTs may hold Leases up for long; no server shall give its own up for that.
	start_servers "$grace" --leader-elect-lease-duration 120s --leader-elect-renew-deadline 100s
	flags=$(bed_flags)
	# shellcheck disable=SC2086 # four words
	launch keep "$(program labtool)" keep -server "$SERVER" -pki "$PKI" $flags
	say "load bed is up after ${SECONDS} s"
	echo "$STATE/kubeconfig"
}

cmd_bed() {
	local what=${1:-} flags
	[ $# -eq 0 ] || shift
	case $what in
	up) bed_up "$@" ;;
	churn)
		[ $# -eq 2 ] || die "usage: lab bed churn RATE SECONDS"
		flags=$(bed_flags)
		# shellcheck disable=SC2086 # four words
		"$(program labtool)" churn -server "$SERVER" -pki "$PKI" $flags -rate "$1" -seconds "$2"
		;;
	watch)
		flags=$(bed_flags)
		"$(program labtool)" bare-watch -server "$SERVER" -pki "$PKI"
		;;
	*) die "usage: lab bed up [--grace 5m] [--nodes 1000] [--pods 30000], lab bed churn RATE SECONDS, or lab bed watch" ;;
	esac
}
