package main

// Writing the load bed straight into etcd, before the API server starts: 31,000 requests
// through the API would take minutes, and the store reads JSON as well as protobuf.

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

const (
	batchPuts = 100 // below etcd's limits of 128 operations and 1.5 MiB a transaction
	writers   = 4
)

func runFill(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("fill", flag.ExitOnError)
	bed := sizeFlags(set)
	endpoint := set.String("etcd", "", "address of etcd, https://host:port")
	pki := set.String("pki", "", "folder with etcd-ca.crt, etcd.crt and etcd.key")
	version := set.String("version", "", "version that the nodes report, such as v1.34.10")
	_ = set.Parse(args)
	client, err := storeClient(*endpoint, *pki)
	if err != nil {
		return err
	}
	defer client.Close()
	begin := time.Now()
	s := newStore(ctx, client)
	err = s.fill(bed, *version)
	if failed := s.close(); err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	fmt.Printf("load bed: %d objects, %d MB written in %.1f s\n", s.count, s.bytes/1_000_000, time.Since(begin).Seconds())
	return nil
}

func storeClient(endpoint, pki string) (*clientv3.Client, error) {
	own, err := tls.LoadX509KeyPair(filepath.Join(pki, "etcd.crt"), filepath.Join(pki, "etcd.key"))
	if err != nil {
		return nil, err
	}
	ca, err := os.ReadFile(filepath.Join(pki, "etcd-ca.crt"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	return clientv3.New(clientv3.Config{Endpoints: []string{endpoint}, DialTimeout: 20 * time.Second,
		TLS: &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{own}}})
}

// store collects puts and writes them in transactions, by several writers at a time.
type store struct {
	ctx     context.Context
	stop    context.CancelCauseFunc
	batches chan []clientv3.Op
	batch   []clientv3.Op
	work    sync.WaitGroup
	count   int
	bytes   int
}

func newStore(ctx context.Context, client *clientv3.Client) *store {
	s := &store{batches: make(chan []clientv3.Op, writers)}
	s.ctx, s.stop = context.WithCancelCause(ctx)
	for range writers {
		s.work.Go(func() {
			for ops := range s.batches {
				if _, err := client.Txn(s.ctx).Then(ops...).Commit(); err != nil {
					s.stop(err)
				}
			}
		})
	}
	return s
}

// put stores text under the API server's key for it.
func (s *store) put(key, text string) {
	s.batch = append(s.batch, clientv3.OpPut("/registry/"+key, text))
	s.count, s.bytes = s.count+1, s.bytes+len(text)
	if len(s.batch) == batchPuts {
		s.flush()
	}
}

func (s *store) putObject(key string, object obj) error {
	text, err := json.Marshal(object)
	if err == nil {
		s.put(key, string(text))
	}
	return err
}

func (s *store) flush() {
	if len(s.batch) > 0 {
		s.batches <- s.batch
		s.batch = nil
	}
}

// close waits for everything to be written and says what went wrong.
func (s *store) close() error {
	s.flush()
	close(s.batches)
	s.work.Wait()
	return context.Cause(s.ctx)
}

func (s *store) fill(bed *size, version string) error {
	for i := range bedNamespaces {
		if err := s.putObject("namespaces/"+bedNamespace(i), namespaceObject(bedNamespace(i))); err != nil {
			return err
		}
	}
	for i := range bed.nodes {
		if err := s.putObject("minions/"+bedNode(i), nodeObject(i, version)); err != nil {
			return err
		}
		if err := s.putObject("leases/kube-node-lease/"+bedNode(i), leaseObject(i)); err != nil {
			return err
		}
	}
	n := 0
	for _, a := range bed.apps() {
		if err := s.fillApp(&a, n, bed); err != nil {
			return err
		}
		n += a.replicas
	}
	return nil
}

// fillApp writes an application whose first pod is number first of the bed.
func (s *store) fillApp(a *app, first int, bed *size) error {
	if err := s.putObject("deployments/"+a.namespace+"/"+a.name, a.deployment()); err != nil {
		return err
	}
	if err := s.putObject("replicasets/"+a.namespace+"/"+a.set, a.replicaSet()); err != nil {
		return err
	}
	well, err := a.podTemplate(false)
	if err != nil {
		return err
	}
	sick, err := a.podTemplate(true)
	if err != nil {
		return err
	}
	for r := range a.replicas {
		text := well
		if a.sick(r) {
			text = sick
		}
		s.put("pods/"+a.namespace+"/"+a.podName(r), a.fillPod(text, first+r, r, bed))
	}
	return nil
}
