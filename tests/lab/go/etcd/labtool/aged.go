package main

// A node that joined a while ago. The API server stamps what is made through it with the
// present, and a program may treat a node of the last minutes as one that is still joining.

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// writeAged writes the bare Node with that age into etcd, unless there is one.
func writeAged(ctx context.Context, endpoint, pki, name string, age time.Duration) error {
	client, err := storeClient(endpoint, pki)
	if err != nil {
		return err
	}
	defer client.Close()
	id := nameHash(name)
	meta := obj{"name": name, "creationTimestamp": before(age), "labels": nodeLabels(name, "lab-a"),
		"uid": fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", uint32(id>>32), uint16(id>>16), id&0xfff, id>>12&0xfff, time.Now().UnixMilli()&0xffffffffffff)}
	text, err := json.Marshal(obj{"apiVersion": "v1", "kind": "Node", "metadata": meta})
	if err != nil {
		return err
	}
	key := "/registry/minions/" + name
	absent := clientv3.Compare(clientv3.CreateRevision(key), "=", 0)
	_, err = client.Txn(ctx).If(absent).Then(clientv3.OpPut(key, string(text))).Commit()
	return err
}
