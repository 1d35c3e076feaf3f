//go:build tools

// Package tools names the etcd server, which the lab builds from this module, so that
// go.mod and go.sum list what it needs. It is never compiled. The module's one program of
// its own is labtool, in the folder of that name.
package tools

import _ "go.etcd.io/etcd/server/v3"
