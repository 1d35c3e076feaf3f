# Certificates, and the kubeconfigs made of them. Sourced by ../lab.
#
# Three authorities, so that no user of the API can read etcd, or pose as the API server
# towards an aggregated one. All live as long as the state.
# To add a user: a line in `make_certs`, and one in `make_kubeconfigs`.

PKI=$STATE/pki
USERS=(admin viewer nobody)

authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=opsbook-test-$1" \
		-addext keyUsage=critical,keyCertSign,cRLSign -keyout "$PKI/$1.key" -out "$PKI/$1.crt" 2>/dev/null ||
		die "openssl could not make the authority $1 (version 3 is needed: $(openssl version))"
}

# certificate AUTHORITY NAME SUBJECT [EXTENSION...]
certificate() {
	local ca=$1 name=$2 subject=$3 extension more=()
	shift 3
	for extension; do more+=(-addext "$extension"); done
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -CA "$PKI/$ca.crt" -CAkey "$PKI/$ca.key" \
		-subj "$subject" -addext basicConstraints=critical,CA:FALSE -addext extendedKeyUsage=serverAuth,clientAuth "${more[@]}" \
		-keyout "$PKI/$name.key" -out "$PKI/$name.crt" 2>/dev/null || die "openssl could not make the certificate $name"
}

make_certs() {
	authority ca
	authority etcd-ca
	authority front-proxy-ca
	certificate front-proxy-ca front-proxy /CN=front-proxy
	certificate etcd-ca etcd /CN=etcd subjectAltName=IP:127.0.0.1,DNS:localhost
	certificate ca apiserver /CN=kube-apiserver subjectAltName=IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc
	certificate ca controller-manager /CN=system:kube-controller-manager
	certificate ca scheduler /CN=system:kube-scheduler
	certificate ca labtool /O=system:masters/CN=labtool
	certificate ca admin /O=system:masters/CN=admin
	certificate ca viewer /O=people/CN=viewer
	certificate ca nobody /O=people/CN=nobody
	openssl ecparam -name prime256v1 -genkey -noout -out "$PKI/service-account.key"
}

# kubeconfig FILE USER
kubeconfig() {
	cat >"$1" <<TEXT
apiVersion: v1
kind: Config
current-context: test-lab
clusters:
  - name: test-lab
    cluster:
      server: $SERVER
      certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")
users:
  - name: $2
    user:
      client-certificate-data: $(base64 -w0 "$PKI/$2.crt")
      client-key-data: $(base64 -w0 "$PKI/$2.key")
contexts:
  - name: test-lab
    context:
      cluster: test-lab
      user: $2
TEXT
}

make_kubeconfigs() {
	local user
	kubeconfig "$STATE/kubeconfig" admin
	for user in viewer nobody; do kubeconfig "$STATE/kubeconfig-$user" "$user"; done
	for user in controller-manager scheduler; do kubeconfig "$PKI/$user.kubeconfig" "$user"; done
}

cmd_kubeconfig() {
	local user=${1:-admin} file=$STATE/kubeconfig
	[[ " ${USERS[*]} " == *" $user "* ]] || die "no user $user: there are ${USERS[*]}"
	[ "$user" = admin ] || file=$file-$user
	[ -f "$file" ] || die "no lab on port $PORT: run lab up"
	echo "$file"
}
