package main

// The node's side of a kubelet: the Node object, its conditions and its Lease.
//
// It repairs only conditions that are Unknown (the controller manager writes that when the
// Lease ran out), so a test may set DiskPressure or Ready=False by hand and it stays.

import (
	"context"
	"fmt"
	"hash/fnv"
	"net/http"
	"os"
	"time"
)

const (
	nodesPath  = "/api/v1/nodes/"
	leasesPath = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases"
	leaseTTL   = 40 // seconds, what a kubelet writes
)

func stamp() string      { return time.Now().UTC().Format(time.RFC3339) }
func stampMicro() string { return time.Now().UTC().Format("2006-01-02T15:04:05.000000Z") }

// condition is one entry of a Node's or a Pod's status.conditions.
type condition struct {
	Type   string `json:"type"`
	Status string `json:"status"`
}

// nodeView is the part of a Node that is read here.
type nodeView struct {
	Metadata struct {
		UID string `json:"uid"`
	} `json:"metadata"`
	Status struct {
		Conditions []condition `json:"conditions"`
	} `json:"status"`
}

// healthy are the conditions of a node that is well, in the kubelet's order and words.
func healthy(now string) []obj {
	rows := [][4]string{
		{"MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"},
		{"DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"},
		{"PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"},
		{"Ready", "True", "KubeletReady", "kubelet is posting ready status"},
	}
	out := make([]obj, len(rows))
	for i, r := range rows {
		out[i] = obj{"type": r[0], "status": r[1], "reason": r[2], "message": r[3],
			"lastHeartbeatTime": now, "lastTransitionTime": now}
	}
	return out
}

// nodeSpecs is the status of a node apart from its conditions. id makes it that node's own.
func nodeSpecs(name, address, version, cpu, memory string, id uint64) obj {
	room := func(cpu, memory string) obj {
		return obj{"cpu": cpu, "memory": memory, "pods": "110", "ephemeral-storage": "102687672Ki", "hugepages-2Mi": "0"}
	}
	return obj{
		"capacity": room(cpu, memory), "allocatable": room(cpu, memory),
		"addresses": []obj{{"type": "InternalIP", "address": address}, {"type": "Hostname", "address": name}},
		"nodeInfo": obj{
			"kubeletVersion": version, "kubeProxyVersion": "", "architecture": "amd64", "operatingSystem": "linux",
			"osImage": "Debian GNU/Linux 12 (bookworm)", "kernelVersion": "6.1.0-40-amd64",
			"containerRuntimeVersion": "containerd://2.1.4", "machineID": fmt.Sprintf("%032x", id),
			"systemUUID": fmt.Sprintf("%032x", id+1), "bootID": fmt.Sprintf("%032x", id+2),
		},
	}
}

func nodeLabels(name, zone string) obj {
	return obj{"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
		// The controller manager would add these two to every node.
		"beta.kubernetes.io/os": "linux", "beta.kubernetes.io/arch": "amd64",
		"topology.kubernetes.io/region": "lab", "topology.kubernetes.io/zone": zone}
}

func nameHash(name string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	return h.Sum64()
}

// registerNode makes the Node, or takes an existing one over, and reports it healthy.
func registerNode(ctx context.Context, a *api, name string) error {
	err := a.post(ctx, "/api/v1/nodes", obj{"apiVersion": "v1", "kind": "Node",
		"metadata": obj{"name": name, "labels": nodeLabels(name, "lab-a")}})
	if err != nil && !isCode(err, http.StatusConflict) {
		return err
	}
	var server struct {
		GitVersion string `json:"gitVersion"`
	}
	if err := a.get(ctx, "/version", &server); err != nil {
		return err
	}
	id := nameHash(name)
	status := nodeSpecs(name, fmt.Sprintf("10.28.%d.%d", byte(id>>8), 1+byte(id)%254), server.GitVersion, "16", "65536Mi", id)
	if err := a.patch(ctx, nodesPath+name+"/status", strategicPatch, obj{"status": status}); err != nil {
		return err
	}
	// The Lease comes before the conditions: a Ready node with an old Lease would be NotReady at once.
	if err := renew(ctx, a, name); err != nil {
		return err
	}
	return repairConditions(ctx, a, name, true)
}

// repairConditions sets what is missing or Unknown (with all: everything) to healthy.
func repairConditions(ctx context.Context, a *api, name string, all bool) error {
	var node nodeView
	if err := a.get(ctx, nodesPath+name, &node); err != nil {
		return err
	}
	is := map[string]string{}
	for _, c := range node.Status.Conditions {
		is[c.Type] = c.Status
	}
	var change []obj
	for _, want := range healthy(stamp()) {
		status := is[want["type"].(string)]
		if status == want["status"] {
			delete(want, "lastTransitionTime")
		}
		if all || status == "" || status == "Unknown" {
			change = append(change, want)
		}
	}
	if change == nil {
		return nil
	}
	return a.patch(ctx, nodesPath+name+"/status", strategicPatch, obj{"status": obj{"conditions": change}})
}

// renew makes the node's Lease anew, or makes it.
func renew(ctx context.Context, a *api, name string) error {
	spec := obj{"holderIdentity": name, "leaseDurationSeconds": leaseTTL, "renewTime": stampMicro()}
	err := a.patch(ctx, leasesPath+"/"+name, mergePatch, obj{"spec": spec})
	if !isCode(err, http.StatusNotFound) {
		return err
	}
	var node nodeView
	if err := a.get(ctx, nodesPath+name, &node); err != nil {
		return err
	}
	owner := obj{"apiVersion": "v1", "kind": "Node", "name": name, "uid": node.Metadata.UID}
	return a.post(ctx, leasesPath, obj{"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
		"metadata": obj{"name": name, "ownerReferences": []obj{owner}}, "spec": spec})
}

// serveNode renews the Lease until the context ends. Errors are logged: the API server may be away for a while.
func serveNode(ctx context.Context, a *api, name string, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		err := renew(ctx, a, name)
		if err == nil && n%3 == 0 {
			err = repairConditions(ctx, a, name, false)
		}
		if err != nil && ctx.Err() == nil {
			fmt.Fprintf(os.Stderr, "%s node %s: %v\n", stamp(), name, err)
		}
	}
}

// renewAll renews every Lease once in the given time, evenly spread over it.
func renewAll(ctx context.Context, a *api, names []string, every time.Duration) error {
	tick := time.NewTicker(every / time.Duration(len(names)))
	defer tick.Stop()
	for i := 0; ; i = (i + 1) % len(names) {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := renew(ctx, a, names[i]); err != nil && ctx.Err() == nil {
			fmt.Fprintf(os.Stderr, "%s lease %s: %v\n", stamp(), names[i], err)
		}
	}
}
