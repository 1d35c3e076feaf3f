package main

// The load bed's Deployments, ReplicaSets and pods, with everything written out that the
// API server and the controllers would have filled in: what differed from it, the
// controllers would write anew at every start.

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

func (a *app) image() string { return fmt.Sprintf("registry.lab/team/%s:1.%d.0", a.name, a.number%10) }

const sidecarImage = "registry.lab/mesh/proxy:3.4.1"

func probe(path string) obj {
	return obj{"httpGet": obj{"path": path, "port": "http", "scheme": "HTTP"},
		"timeoutSeconds": 2, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3}
}

// containers are the two containers of every pod; a pod in the store has one mount more than its template.
func (a *app) containers(mounts []obj) []obj {
	rest := func(name, image string, resources obj) obj {
		return obj{"name": name, "image": image, "resources": resources, "imagePullPolicy": "IfNotPresent",
			"terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"}
	}
	main := rest("app", a.image(), obj{"requests": obj{"cpu": "100m", "memory": "128Mi"}, "limits": obj{"cpu": "1", "memory": "512Mi"}})
	main["ports"] = []obj{{"name": "http", "containerPort": 8080, "protocol": "TCP"}}
	podName := obj{"fieldRef": obj{"apiVersion": "v1", "fieldPath": "metadata.name"}}
	main["env"] = []obj{{"name": "POD_NAME", "valueFrom": podName}, {"name": "DATABASE", "value": "postgres://db." + a.namespace + ".svc:5432/" + a.name}}
	main["readinessProbe"] = probe("/ready")
	main["volumeMounts"] = append([]obj{{"name": "config", "mountPath": "/etc/app", "readOnly": true}}, mounts...)
	proxy := rest("proxy", sidecarImage, obj{"requests": obj{"cpu": "10m", "memory": "32Mi"}})
	if mounts != nil {
		proxy["volumeMounts"] = mounts
	}
	return []obj{main, proxy}
}

func (a *app) volumes() []obj {
	return []obj{{"name": "config", "configMap": obj{"name": a.name, "defaultMode": 420}}}
}

func (a *app) podSpec(containers, volumes []obj) obj {
	return obj{"containers": containers, "volumes": volumes, "restartPolicy": "Always", "terminationGracePeriodSeconds": 30,
		"dnsPolicy": "ClusterFirst", "schedulerName": "default-scheduler", "securityContext": obj{}}
}

func (a *app) annotations() obj {
	return obj{"prometheus.io/port": "8080", "prometheus.io/scrape": "true"}
}

func (a *app) template(labels obj) obj {
	return obj{"metadata": obj{"labels": labels, "annotations": a.annotations()}, "spec": a.podSpec(a.containers(nil), a.volumes())}
}

func (a *app) deployment() obj {
	created, ready := before(7*day), a.replicas-a.sickCount()
	spec := obj{"replicas": a.replicas, "selector": obj{"matchLabels": a.labels()}, "template": a.template(a.labels()),
		"strategy":             obj{"type": "RollingUpdate", "rollingUpdate": obj{"maxSurge": "25%", "maxUnavailable": "25%"}},
		"revisionHistoryLimit": 10, "progressDeadlineSeconds": 600}
	row := func(kind, reason, message string) obj {
		return obj{"type": kind, "status": "True", "reason": reason, "message": message, "lastUpdateTime": created, "lastTransitionTime": created}
	}
	status := obj{"observedGeneration": 1, "replicas": a.replicas, "updatedReplicas": a.replicas, "readyReplicas": ready, "availableReplicas": ready,
		"conditions": []obj{row("Available", "MinimumReplicasAvailable", "Deployment has minimum availability."),
			row("Progressing", "NewReplicaSetAvailable", "ReplicaSet \""+a.set+"\" has successfully progressed.")}}
	if ready < a.replicas {
		status["unavailableReplicas"] = a.replicas - ready
	}
	meta := obj{"name": a.name, "namespace": a.namespace, "uid": a.uid, "generation": 1, "creationTimestamp": created, "labels": a.labels(),
		"annotations":   obj{"deployment.kubernetes.io/revision": "1"},
		"managedFields": []obj{managed("deployer", "apps/v1", "", created, obj{"spec": spec}), managed("kube-controller-manager", "apps/v1", "status", created, obj{"status": status})}}
	return obj{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta, "spec": spec, "status": status}
}

func (a *app) replicaSet() obj {
	created, ready := before(7*day), a.replicas-a.sickCount()
	surge := a.replicas + (a.replicas+3)/4
	meta := obj{"name": a.set, "namespace": a.namespace, "uid": a.setUID, "generation": 1, "creationTimestamp": created, "labels": a.hashed(),
		"annotations": obj{"deployment.kubernetes.io/revision": "1", "deployment.kubernetes.io/desired-replicas": fmt.Sprint(a.replicas),
			"deployment.kubernetes.io/max-replicas": fmt.Sprint(surge)},
		"ownerReferences": []obj{owner("Deployment", a.name, a.uid)}}
	spec := obj{"replicas": a.replicas, "selector": obj{"matchLabels": a.hashed()}, "template": a.template(a.hashed())}
	status := obj{"observedGeneration": 1, "replicas": a.replicas, "fullyLabeledReplicas": a.replicas, "readyReplicas": ready, "availableReplicas": ready}
	return obj{"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": meta, "spec": spec, "status": status}
}

func owner(kind, name, uid string) obj {
	return obj{"apiVersion": "apps/v1", "kind": kind, "name": name, "uid": uid, "controller": true, "blockOwnerDeletion": true}
}

// podTemplate is the JSON text of an application's pods, sick or well, with marks for what is each pod's own.
func (a *app) podTemplate(sick bool) (string, error) {
	token := "kube-api-access-" + letters(nameHash(a.uid), 5)
	mount := obj{"name": token, "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", "readOnly": true}
	projected := obj{"name": token, "projected": obj{"defaultMode": 420, "sources": []obj{
		{"serviceAccountToken": obj{"expirationSeconds": 3607, "path": "token"}},
		{"configMap": obj{"name": "kube-root-ca.crt", "items": []obj{{"key": "ca.crt", "path": "ca.crt"}}}},
		{"downwardAPI": obj{"items": []obj{{"path": "namespace", "fieldRef": obj{"apiVersion": "v1", "fieldPath": "metadata.namespace"}}}}}}}}
	spec := a.podSpec(a.containers([]obj{mount}), append(a.volumes(), projected))
	spec["nodeName"], spec["serviceAccountName"], spec["serviceAccount"] = "@node@", "default", "default"
	spec["priority"], spec["enableServiceLinks"], spec["preemptionPolicy"] = 0, true, "PreemptLowerPriority"
	tolerate := func(key string) obj {
		return obj{"key": "node.kubernetes.io/" + key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300}
	}
	spec["tolerations"] = []obj{tolerate("not-ready"), tolerate("unreachable")}

	fate, since := fateRunning, "@start@"
	if sick {
		fate, since = fateOOM, "@crash@"
	}
	well, err := states(fateRunning, "proxy", sidecarImage, "@start@")
	if err != nil {
		return "", err
	}
	o, err := states(fate, "app", a.image(), since)
	if err != nil {
		return "", err
	}
	status := obj{"phase": "Running", "hostIP": "@host@", "hostIPs": []obj{{"ip": "@host@"}}, "podIP": "@ip@", "podIPs": []obj{{"ip": "@ip@"}},
		"startTime": "@start@", "qosClass": "Burstable", "conditions": podConditions(o, "app", since),
		"containerStatuses": []obj{containerStatus("app", a.image(), "@id@a", o), containerStatus("proxy", sidecarImage, "@id@b", well)}}
	meta := obj{"name": "@name@", "generateName": a.set + "-", "namespace": a.namespace, "uid": "@uid@", "generation": 1, "creationTimestamp": "@start@",
		"labels": a.hashed(), "annotations": a.annotations(), "ownerReferences": []obj{owner("ReplicaSet", a.set, a.setUID)}}
	meta["managedFields"] = []obj{
		managed("kube-controller-manager", "v1", "", "@start@", obj{
			"metadata": without(meta, "name", "namespace", "uid", "generation", "creationTimestamp"),
			"spec":     a.podSpec(a.containers(nil), a.volumes())}),
		managed("kubelet", "v1", "status", "@start@", obj{"status": without(status, "qosClass")}),
	}
	text, err := json.Marshal(obj{"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": spec, "status": status})
	return string(text), err
}

// fillPod writes pod number n (of the whole bed) into its application's text.
func (a *app) fillPod(text string, n, replica int, bed *size) string {
	node, spread := n%bed.nodes, time.Duration(n%1440)*time.Minute
	return strings.NewReplacer(
		"@name@", a.podName(replica), "@uid@", uid("pod", n), "@node@", bedNode(node), "@host@", nodeAddress(node),
		"@ip@", fmt.Sprintf("10.%d.%d.%d", 64+node/256, node%256, 2+n/bed.nodes%250),
		"@id@", fmt.Sprintf("%063x", n), "@start@", before(6*day+spread),
		"@crash@", before(30*time.Second+spread/400),
	).Replace(text)
}
