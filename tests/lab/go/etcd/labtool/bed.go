package main

// The load bed: nodes, and Deployments whose pods run on them. Everything follows from the
// numbers, so fill, churn and keep agree on the names without asking the server.
//
// Of every 21 applications one loses every fifth pod to the OOM killer: 300 of 30,000.

import (
	"fmt"
	"time"
)

const (
	podsPerApp    = 150
	bedNamespaces = 20
	sickEvery     = 21 // one application of so many is sick; with 200 applications ten are
	sickFirst     = 3
	sickPods      = 5 // of a sick application every so many-th pod crashes
	suffixLetters = "bcdfghjklmnpqrstvwxz2456789"
)

func bedNode(i int) string      { return fmt.Sprintf("bed-node-%04d", i) }
func bedNamespace(i int) string { return fmt.Sprintf("bed-%02d", i) }

// app is one Deployment with its ReplicaSet and its pods.
type app struct {
	number, replicas int
	namespace, name  string
	hash             string // the label pod-template-hash
	set, setUID, uid string
}

func newApp(n, replicas int) app {
	name := fmt.Sprintf("svc-%03d", n)
	hash := letters(nameHash(name), 10)
	return app{number: n, replicas: replicas, namespace: bedNamespace(n % bedNamespaces), name: name, hash: hash,
		set: name + "-" + hash, setUID: uid("set", n), uid: uid("deployment", n)}
}

func (s *size) apps() []app {
	var out []app
	for left := s.pods; left > 0; left -= podsPerApp {
		out = append(out, newApp(len(out), min(left, podsPerApp)))
	}
	return out
}

func (a *app) podName(replica int) string {
	return a.set + "-" + letters(nameHash(fmt.Sprint(a.set, replica)), 5)
}

func (a *app) sick(replica int) bool {
	return a.number%sickEvery == sickFirst && replica%sickPods == 0
}

func (a *app) sickCount() int {
	n := 0
	for r := range a.replicas {
		if a.sick(r) {
			n++
		}
	}
	return n
}

func (a *app) labels() obj {
	return obj{"app.kubernetes.io/name": a.name, "app.kubernetes.io/part-of": "bed", "team": a.namespace, "tier": "backend"}
}

func (a *app) hashed() obj {
	l := a.labels()
	l["pod-template-hash"] = a.hash
	return l
}

// letters writes a hash as Kubernetes writes the random end of a name.
func letters(hash uint64, count int) string {
	out := make([]byte, count)
	for i := range out {
		out[i] = suffixLetters[hash%uint64(len(suffixLetters))]
		hash /= uint64(len(suffixLetters))
	}
	return string(out)
}

// uid is an identifier in the usual form that follows from kind and number.
func uid(kind string, n int) string {
	h := nameHash(fmt.Sprintf("%s/%d", kind, n))
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", uint32(h>>32), uint16(h>>16), h&0xfff, (h>>12)&0xfff, n)
}

// before is the time a while ago; the bed looks like a cluster that has run for days.
func before(d time.Duration) string {
	return time.Now().UTC().Add(-d).Format(time.RFC3339)
}

const day = 24 * time.Hour

func namespaceObject(name string) obj {
	return obj{"apiVersion": "v1", "kind": "Namespace",
		"metadata": obj{"name": name, "uid": uid(name, 0), "creationTimestamp": before(9 * day),
			"labels": obj{"kubernetes.io/metadata.name": name}},
		"spec": obj{"finalizers": []string{"kubernetes"}}, "status": obj{"phase": "Active"}}
}

func nodeAddress(i int) string { return fmt.Sprintf("10.32.%d.%d", i/250, 1+i%250) }

func nodeObject(i int, version string) obj {
	name := bedNode(i)
	created := before(8*day - time.Duration(i)*time.Second)
	labels := nodeLabels(name, "lab-"+string("abc"[i%3]))
	labels["node.kubernetes.io/instance-type"] = "bed.8xlarge"
	range24 := fmt.Sprintf("10.%d.%d.0/24", 64+i/256, i%256)
	status := nodeSpecs(name, nodeAddress(i), version, "32", "131072Mi", uint64(i)*16)
	status["conditions"] = healthy(created)
	status["daemonEndpoints"] = obj{"kubeletEndpoint": obj{"Port": 10250}}
	var images []obj
	for n := range 10 {
		images = append(images, obj{"names": []string{fmt.Sprintf("registry.lab/team/svc-%03d:1.%d.0", (i+n)%200, n)}, "sizeBytes": 30_000_000 + n*1_000_003})
	}
	status["images"] = images
	meta := obj{"name": name, "uid": uid("node", i), "creationTimestamp": created, "labels": labels,
		"annotations": obj{"node.alpha.kubernetes.io/ttl": "60"}}
	spec := obj{"podCIDR": range24, "podCIDRs": []string{range24}, "providerID": "lab://" + name}
	meta["managedFields"] = []obj{
		managed("kubelet", "v1", "", created, obj{"metadata": obj{"labels": labels}, "spec": obj{"providerID": ""}}),
		managed("kubelet", "v1", "status", created, obj{"status": status}),
	}
	return obj{"apiVersion": "v1", "kind": "Node", "metadata": meta, "spec": spec, "status": status}
}

func leaseObject(i int) obj {
	name := bedNode(i)
	return obj{"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
		"metadata": obj{"name": name, "namespace": "kube-node-lease", "uid": uid("lease", i), "creationTimestamp": before(8 * day),
			"ownerReferences": []obj{{"apiVersion": "v1", "kind": "Node", "name": name, "uid": uid("node", i)}}},
		"spec": obj{"holderIdentity": name, "leaseDurationSeconds": leaseTTL, "renewTime": stampMicro()}}
}
