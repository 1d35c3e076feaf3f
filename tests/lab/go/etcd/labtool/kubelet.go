package main

// The pods' side of a kubelet: it starts the pods that are bound to its nodes, gives them
// the fate they ask for, and ends those that are deleted.
//
// A status is written once per pod and fate, so what a test writes over it stays.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// stopDelay is how long a deleted pod goes on terminating.
const stopDelay = 500 * time.Millisecond

type container struct {
	Name      string          `json:"name"`
	Image     string          `json:"image"`
	Resources json.RawMessage `json:"resources"`
}

// podView is the part of a Pod that is read here.
type podView struct {
	Metadata struct {
		Name              string            `json:"name"`
		Namespace         string            `json:"namespace"`
		UID               string            `json:"uid"`
		ResourceVersion   string            `json:"resourceVersion"`
		DeletionTimestamp string            `json:"deletionTimestamp"`
		Annotations       map[string]string `json:"annotations"`
	} `json:"metadata"`
	Spec struct {
		NodeName       string      `json:"nodeName"`
		RestartPolicy  string      `json:"restartPolicy"`
		Containers     []container `json:"containers"`
		InitContainers []container `json:"initContainers"`
	} `json:"spec"`
	Status struct {
		Phase     string `json:"phase"`
		StartTime string `json:"startTime"`
	} `json:"status"`
}

// wanted is what its status depends on: the fate, and the resources that a resize changes.
func (p *podView) wanted(fate string) string {
	for _, c := range p.Spec.Containers {
		fate += " " + string(c.Resources)
	}
	return fate
}

func (p *podView) path() string {
	return "/api/v1/namespaces/" + p.Metadata.Namespace + "/pods/" + p.Metadata.Name
}

type kubelet struct {
	api   *api
	nodes map[string]bool
	// listed and watched are field selectors: which pods are looked at in the beginning, and which later on.
	listed, watched string
	// resync: pods that run already get their status anew, as after a restart of a kubelet.
	resync  bool
	applied map[string]string // by uid: the fate and resources whose status was written
	ending  map[string]bool   // by uid: the deletion is under way
}

func newKubelet(a *api, nodes []string) *kubelet {
	k := &kubelet{api: a, nodes: map[string]bool{}, applied: map[string]string{}, ending: map[string]bool{}}
	for _, n := range nodes {
		k.nodes[n] = true
	}
	return k
}

var errGone = errors.New("the watch is too old")

// servePods lists and watches until the context ends.
func (k *kubelet) servePods(ctx context.Context) {
	version := ""
	for ctx.Err() == nil {
		var err error
		if version == "" {
			version, err = k.list(ctx)
		}
		if err == nil {
			version, err = k.follow(ctx, version)
		}
		if errors.Is(err, errGone) || isCode(err, http.StatusGone) {
			version = ""
		}
		if err != nil && ctx.Err() == nil {
			fmt.Fprintf(os.Stderr, "%s pods: %v\n", stamp(), err)
			pause(ctx, time.Second)
		}
	}
}

// pause waits for d or for the end of the context.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func (k *kubelet) list(ctx context.Context) (string, error) {
	var pods struct {
		Metadata struct {
			ResourceVersion string `json:"resourceVersion"`
		} `json:"metadata"`
		Items []podView `json:"items"`
	}
	if err := k.api.get(ctx, "/api/v1/pods?fieldSelector="+url.QueryEscape(k.listed), &pods); err != nil {
		return "", err
	}
	for i := range pods.Items {
		k.handle(ctx, &pods.Items[i])
	}
	return pods.Metadata.ResourceVersion, nil
}

// follow watches from version on and returns the last version seen.
func (k *kubelet) follow(ctx context.Context, version string) (string, error) {
	path := "/api/v1/pods?watch=1&allowWatchBookmarks=true&resourceVersion=" + version + "&fieldSelector=" + url.QueryEscape(k.watched)
	err := k.api.watch(ctx, path, func(event watchEvent) error {
		if event.Type == "ERROR" {
			return errGone
		}
		var p podView
		if err := json.Unmarshal(event.Object, &p); err != nil {
			return err
		}
		version = p.Metadata.ResourceVersion
		switch event.Type {
		case "DELETED":
			delete(k.applied, p.Metadata.UID)
			delete(k.ending, p.Metadata.UID)
		case "ADDED", "MODIFIED":
			k.handle(ctx, &p)
		}
		return nil
	})
	return version, err
}

// handle brings one pod to where it should be.
func (k *kubelet) handle(ctx context.Context, p *podView) {
	if !k.nodes[p.Spec.NodeName] {
		return
	}
	fate, uid := fateOf(p), p.Metadata.UID
	if p.Metadata.DeletionTimestamp != "" {
		if fate != fateStuck && !k.ending[uid] {
			k.ending[uid] = true
			go k.end(ctx, p)
		}
		return
	}
	applied, seen := k.applied[uid]
	fresh := p.Status.Phase == "" || p.Status.Phase == "Pending"
	asked := p.Metadata.Annotations[fateKey] != ""
	over := p.Status.Phase == "Succeeded" || p.Status.Phase == "Failed"
	if applied == p.wanted(fate) || over || fate == fatePending || !(fresh || asked || seen || k.resync) {
		return
	}
	err := k.apply(ctx, p, fate)
	if err == nil || isCode(err, http.StatusNotFound) {
		k.applied[uid] = p.wanted(fate)
		return
	}
	fmt.Fprintf(os.Stderr, "%s pod %s: %v\n", stamp(), p.path(), err)
}

// apply writes the status that the fate means.
func (k *kubelet) apply(ctx context.Context, p *podView, fate string) error {
	now, id := stamp(), nameHash(p.Metadata.UID)
	ip := fmt.Sprintf("10.%d.%d.%d", 192+byte(id>>16)%32, byte(id>>8), 1+byte(id)%254)
	status := obj{"podIP": ip, "podIPs": []obj{{"ip": ip}}}
	if p.Status.StartTime == "" {
		status["startTime"] = now
	}
	var names []string
	var rows []obj
	var all outcome
	for i, c := range p.Spec.Containers {
		o, err := states(fate, c.Name, c.Image, now)
		if err != nil {
			return err
		}
		all, names = o, append(names, c.Name)
		row := containerStatus(c.Name, c.Image, fmt.Sprintf("%064x", id+uint64(i)), o)
		if c.Resources != nil {
			// Without it the API server takes the node for one that cannot resize.
			row["resources"] = c.Resources
		}
		rows = append(rows, row)
	}
	status["phase"], status["containerStatuses"] = all.phase, rows
	status["conditions"] = podConditions(all, strings.Join(names, " "), now)
	rows = nil
	for i, c := range p.Spec.InitContainers {
		o := outcome{ready: true, state: terminated(0, "Completed", now)}
		rows = append(rows, containerStatus(c.Name, c.Image, fmt.Sprintf("%064x", id-1-uint64(i)), o))
	}
	if rows != nil {
		status["initContainerStatuses"] = rows
	}
	return k.api.patch(ctx, p.path()+"/status", mergePatch, obj{"status": status})
}

// end completes a deletion, as a kubelet does when the containers have stopped.
func (k *kubelet) end(ctx context.Context, p *podView) {
	body := obj{"apiVersion": "v1", "kind": "DeleteOptions", "gracePeriodSeconds": 0, "preconditions": obj{"uid": p.Metadata.UID}}
	for range 30 {
		pause(ctx, stopDelay)
		err := k.api.call(ctx, http.MethodDelete, p.path(), "application/json", body, nil)
		if err == nil || isCode(err, http.StatusNotFound) || isCode(err, http.StatusConflict) || ctx.Err() != nil {
			return
		}
		fmt.Fprintf(os.Stderr, "%s pod %s: %v\n", stamp(), p.path(), err)
	}
}
