//go:build tools

// Package tools names the commands of Kubernetes that the lab builds, so that go.mod and
// go.sum list what they need. It is never compiled. To add a program: import it here, run
// `go list -e -mod=mod -tags tools -deps ./...`, and name it in lib/build.sh.
package tools

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
	_ "k8s.io/kubernetes/cmd/kube-scheduler"
	_ "k8s.io/kubernetes/cmd/kubectl"
)
