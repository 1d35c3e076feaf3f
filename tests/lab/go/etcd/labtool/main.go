// Command labtool does what the lab's shell script cannot do fast enough: it fills etcd
// with the load bed, patches its pods at a rate, and plays the kubelet of nodes that do
// not exist.
//
// It must not be used against a cluster that is not a lab: `fill` writes below the API
// server, and the others act with the rights of an administrator.
//
// To add a command: a function with the signature of `command`, and a line in `commands`.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// command is one subcommand; it ends when its work is done or the context is.
type command func(ctx context.Context, args []string) error

var commands = map[string]command{
	"fill":       runFill,
	"churn":      runChurn,
	"node":       runNode,
	"keep":       runKeep,
	"bare-watch": runBareWatch,
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: labtool fill|churn|node|keep|bare-watch [flags]; each explains itself with -h")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](ctx, os.Args[2:]); err != nil {
		fmt.Fprintf(os.Stderr, "labtool %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}

// serverFlags are the flags of every command that speaks with the API server.
func serverFlags(name string) (set *flag.FlagSet, server, pki *string) {
	set = flag.NewFlagSet(name, flag.ExitOnError)
	server = set.String("server", "", "address of the API server, https://host:port")
	pki = set.String("pki", "", "folder with ca.crt, labtool.crt and labtool.key")
	return set, server, pki
}

// size is how large the load bed is; fill, churn and keep must be given the same.
type size struct{ nodes, pods int }

func sizeFlags(set *flag.FlagSet) *size {
	s := &size{}
	set.IntVar(&s.nodes, "nodes", 1000, "nodes of the load bed")
	set.IntVar(&s.pods, "pods", 30000, "pods of the load bed")
	return s
}

// runKeep renews the Leases of the bed's nodes and plays their kubelets until it is ended.
func runKeep(ctx context.Context, args []string) error {
	set, server, pki := serverFlags("keep")
	bed := sizeFlags(set)
	every := set.Duration("every", 20*time.Second, "time in which every Lease is renewed once")
	_ = set.Parse(args)
	api, err := newAPI(*server, *pki, "kubelet")
	if err != nil {
		return err
	}
	names := make([]string, bed.nodes)
	for i := range names {
		names[i] = bedNode(i)
	}
	k := newKubelet(api, names)
	// The bed is written healthy, so nothing has to be applied to what is there already.
	k.listed, k.watched, k.resync = "status.phase=Pending,spec.nodeName!=", "spec.nodeName!=", false
	go k.servePods(ctx)
	return renewAll(ctx, api, names, *every)
}

// runNode plays the kubelet of one node until it is ended; then the node goes NotReady.
func runNode(ctx context.Context, args []string) error {
	set, server, pki := serverFlags("node")
	name := set.String("name", "", "name of the node")
	every := set.Duration("every", 2*time.Second, "time between two renewals of the Lease")
	age := set.Duration("age", 0, "how long ago a new node joined; needs -etcd")
	etcd := set.String("etcd", "", "address of etcd, https://host:port")
	_ = set.Parse(args)
	if *name == "" {
		return fmt.Errorf("no -name given")
	}
	api, err := newAPI(*server, *pki, "kubelet")
	if err != nil {
		return err
	}
	if *age > 0 {
		if err := writeAged(ctx, *etcd, *pki, *name, *age); err != nil {
			return err
		}
	}
	if err := registerNode(ctx, api, *name); err != nil {
		return err
	}
	k := newKubelet(api, []string{*name})
	k.listed, k.watched, k.resync = "spec.nodeName="+*name, "spec.nodeName="+*name, true
	go k.servePods(ctx)
	return serveNode(ctx, api, *name, *every)
}
