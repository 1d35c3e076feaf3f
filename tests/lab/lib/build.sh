# The programs: from KUBEBUILDER_ASSETS, or compiled from their Go modules into the cache.
# Sourced by ../lab.
#
# A compiled program lies in a folder that is named after its version, labtool in one named
# after its source. To add a program: its import in go/*/tools.go and its name below.

KUBE_PROGRAMS=(kube-apiserver kubectl kube-controller-manager kube-scheduler)

# module_version FOLDER MODULE: what the manifest asks for.
module_version() {
	awk -v m="$2" '{ for (i = 1; i < NF; i++) if ($i == m && $(i + 1) ~ /^v/) { print $(i + 1); exit } }' "$HERE/go/$1/go.mod"
}

from_assets() {
	local dir=${KUBEBUILDER_ASSETS:-}
	[ -n "$dir" ] && [ -x "$dir/etcd" ] && [ -x "$dir/kube-apiserver" ] && [ -x "$dir/kubectl" ]
}

# program NAME: where it is, or shall be.
program() {
	case $1 in
	etcd | kube-apiserver | kubectl)
		if from_assets; then
			echo "$KUBEBUILDER_ASSETS/$1"
			return
		fi
		;;
	esac
	case $1 in
	etcd) echo "$CACHE/bin/etcd-$(module_version etcd go.etcd.io/etcd/server/v3)/etcd" ;;
	labtool) echo "$CACHE/bin/labtool-$(cat "$HERE"/go/etcd/go.mod "$HERE"/go/etcd/labtool/*.go | sha256sum | cut -c1-12)/labtool" ;;
	*) echo "$CACHE/bin/kubernetes-$(module_version kubernetes k8s.io/kubernetes)/$1" ;;
	esac
}

# compile NAME FOLDER PACKAGE LDFLAGS
compile() {
	local path begin
	path=$(program "$1")
	if [ -x "$path" ]; then
		say "$1: is at $path"
		return
	fi
	command -v go >/dev/null || die "$1 has to be compiled: install Go $(awk '$1 == "go" { print $2 }' "$HERE/go/etcd/go.mod") or later"
	mkdir -p "${path%/*}"
	say "$1: compiling"
	begin=$SECONDS
	(
		cd "$HERE/go/$2"
		CGO_ENABLED=0 GOFLAGS="-trimpath -mod=readonly" nice go build -ldflags "-s -w $4" -o "$path.new" "$3"
	) || die "$1 could not be compiled, see above"
	mv "$path.new" "$path"
	say "$1: $((SECONDS - begin)) s, $(($(stat -c %s "$path") / 1000000)) MB"
}

# stamps VERSION: what /version and --version report.
stamps() {
	local package minor=${1#v*.}
	for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
		printf -- '-X %s=%s ' "$package.gitVersion" "$1" "$package.gitMajor" 1 "$package.gitMinor" "${minor%%.*}" \
			"$package.gitCommit" unknown "$package.gitTreeState" archive "$package.buildDate" 1970-01-01T00:00:00Z
	done
}

cmd_build() {
	local version name
	locked build
	version=$(module_version kubernetes k8s.io/kubernetes)
	compile etcd etcd go.etcd.io/etcd/server/v3 ""
	compile labtool etcd ./labtool ""
	# Every change of its source leaves one behind; another checkout may still use a young one.
	find "$CACHE/bin" -maxdepth 1 -name 'labtool-*' -mtime +7 ! -path "$(dirname "$(program labtool)")" -exec rm -r {} +
	for name in "${KUBE_PROGRAMS[@]}"; do
		compile "$name" kubernetes "k8s.io/kubernetes/cmd/$name" "$(stamps "$version")"
	done
}

# have_programs: all of them, or the way to them.
have_programs() {
	local name
	for name in etcd labtool "${KUBE_PROGRAMS[@]}"; do
		[ -x "$(program "$name")" ] || die "$name is not compiled yet (or its source has changed): run $HERE/lab build"
	done
}
