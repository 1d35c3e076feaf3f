package main

// What becomes of a pod on a made-up node. A test chooses it by the annotation
// `opsbook-lab/fate`, on the pod or in the template of its workload, before or after the
// pod has started. To add a fate: a case in `states`, and a line in README.md.

import "fmt"

const fateKey = "opsbook-lab/fate"

const (
	fateRunning = "running" // the rule for pods that restart always
	fateSucceed = "succeed" // the rule for the pods of Jobs
	fateFail    = "fail"
	fateOOM     = "oom"     // CrashLoopBackOff after an OOM kill
	fateCrash   = "crash"   // CrashLoopBackOff after exit code 1
	fateImage   = "image"   // ImagePullBackOff
	fateUnready = "unready" // runs, but is not ready
	fateStuck   = "stuck"   // runs, and does not end when it is deleted
	fatePending = "pending" // the kubelet does nothing
)

// outcome is what a fate means: the phase, whether the pod is ready, and its containers' states.
type outcome struct {
	phase    string
	ready    bool
	started  bool
	restarts int
	state    obj
	last     obj
}

func terminated(code int, reason, now string) obj {
	return obj{"terminated": obj{"exitCode": code, "reason": reason, "startedAt": now, "finishedAt": now}}
}

func waiting(reason, message string) obj {
	return obj{"waiting": obj{"reason": reason, "message": message}}
}

// states says what a fate means for a container that began at now.
func states(fate, container, image, now string) (outcome, error) {
	running := obj{"running": obj{"startedAt": now}}
	backOff := waiting("CrashLoopBackOff", "back-off 5m0s restarting failed container="+container)
	switch fate {
	case fateRunning, fateStuck:
		return outcome{phase: "Running", ready: true, started: true, state: running}, nil
	case fateUnready:
		return outcome{phase: "Running", started: true, state: running}, nil
	case fateSucceed:
		return outcome{phase: "Succeeded", state: terminated(0, "Completed", now)}, nil
	case fateFail:
		return outcome{phase: "Failed", state: terminated(1, "Error", now)}, nil
	case fateOOM:
		return outcome{phase: "Running", restarts: 7, state: backOff, last: terminated(137, "OOMKilled", now)}, nil
	case fateCrash:
		return outcome{phase: "Running", restarts: 7, state: backOff, last: terminated(1, "Error", now)}, nil
	case fateImage:
		return outcome{phase: "Pending", state: waiting("ImagePullBackOff", "Back-off pulling image \""+image+"\"")}, nil
	}
	return outcome{}, fmt.Errorf("unknown fate %q", fate)
}

// fateOf is the fate that a pod asks for, or the rule.
func fateOf(p *podView) string {
	if f := p.Metadata.Annotations[fateKey]; f != "" {
		return f
	}
	if p.Spec.RestartPolicy != "Always" {
		return fateSucceed
	}
	return fateRunning
}

func yesNo(b bool) string {
	if b {
		return "True"
	}
	return "False"
}

// podConditions are the five conditions of a pod; those of readiness name the containers that are not ready.
func podConditions(o outcome, unready, now string) []obj {
	done := o.phase == "Succeeded"
	row := func(kind string, ok bool) obj {
		c := obj{"type": kind, "status": yesNo(ok), "lastProbeTime": nil, "lastTransitionTime": now}
		switch {
		case ok:
		case done:
			c["reason"] = "PodCompleted"
		default:
			c["reason"] = "ContainersNotReady"
			c["message"] = "containers with unready status: [" + unready + "]"
		}
		return c
	}
	return []obj{
		row("PodReadyToStartContainers", o.phase == "Running" || o.phase == "Pending"), row("Initialized", true),
		row("Ready", o.ready), row("ContainersReady", o.ready), row("PodScheduled", true),
	}
}

// containerStatus is one entry of status.containerStatuses; id is 64 hexadecimal digits.
func containerStatus(name, image, id string, o outcome) obj {
	digest := fmt.Sprintf("%064x", nameHash(image))
	status := obj{"name": name, "image": image, "imageID": image + "@sha256:" + digest, "containerID": "containerd://" + id,
		"ready": o.ready, "started": o.started, "restartCount": o.restarts, "state": o.state, "lastState": obj{}}
	if o.last != nil {
		status["lastState"] = o.last
	}
	if _, pulled := o.state["waiting"]; pulled && o.last == nil {
		status["imageID"] = ""
		delete(status, "containerID")
	}
	return status
}
