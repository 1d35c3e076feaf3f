package main

// Changes at a rate, as a busy cluster makes them: a pod gets a label, becomes not ready,
// and becomes ready again. The crashing pods are left as they are.

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

const churners = 8

func runChurn(ctx context.Context, args []string) error {
	set, server, pki := serverFlags("churn")
	bed := sizeFlags(set)
	rate := set.Int("rate", 100, "patches per second")
	seconds := set.Int("seconds", 10, "how long")
	_ = set.Parse(args)
	if *rate < 1 || *seconds < 1 {
		return fmt.Errorf("rate and seconds must be at least 1")
	}
	a, err := newAPI(*server, *pki, "churn")
	if err != nil {
		return err
	}
	c := churn{api: a, apps: bed.apps(), due: make(chan struct{})}
	begin := time.Now()
	var work sync.WaitGroup
	for range churners {
		work.Go(func() { c.serve(ctx) })
	}
	c.tick(ctx, *rate, time.Duration(*seconds)*time.Second)
	work.Wait()
	took := time.Since(begin).Seconds()
	fmt.Printf("churn: %d patches in %.1f s (%.0f/s), %d failed\n", c.done.Load(), took, float64(c.done.Load())/took, c.failed.Load())
	if c.failed.Load() > 0 {
		return fmt.Errorf("%d patches failed", c.failed.Load())
	}
	return nil
}

type churn struct {
	api          *api
	apps         []app
	due          chan struct{} // one value for every patch that may be sent
	done, failed atomic.Int64
}

// tick allows patches at the rate until the time is over.
func (c *churn) tick(ctx context.Context, rate int, length time.Duration) {
	defer close(c.due)
	begin := time.Now()
	for n := 0; ; n++ {
		at := begin.Add(time.Duration(n) * time.Second / time.Duration(rate))
		if at.Sub(begin) >= length || time.Since(begin) >= length || ctx.Err() != nil {
			return
		}
		pause(ctx, time.Until(at))
		c.due <- struct{}{}
	}
}

// serve changes one pod after another; a pod that was made not ready is always made ready again.
func (c *churn) serve(ctx context.Context) {
	for range c.due {
		path := c.pick()
		c.patch(ctx, path, obj{"metadata": obj{"labels": obj{"churn": strconv.FormatInt(time.Now().UnixMilli(), 10)}}})
		if _, more := <-c.due; !more {
			return
		}
		c.patch(ctx, path+"/status", readiness(false))
		<-c.due
		c.patch(ctx, path+"/status", readiness(true))
	}
}

// pick is the path of a random pod that is well.
func (c *churn) pick() string {
	for {
		a := &c.apps[rand.IntN(len(c.apps))]
		if r := rand.IntN(a.replicas); !a.sick(r) {
			return "/api/v1/namespaces/" + a.namespace + "/pods/" + a.podName(r)
		}
	}
}

func readiness(ready bool) obj {
	now := stamp()
	row := func(kind string) obj {
		r := obj{"type": kind, "status": yesNo(ready), "reason": nil, "message": nil, "lastTransitionTime": now}
		if !ready {
			r["reason"], r["message"] = "ContainersNotReady", "containers with unready status: [app]"
		}
		return r
	}
	return obj{"status": obj{"conditions": []obj{row("Ready"), row("ContainersReady")}}}
}

func (c *churn) patch(ctx context.Context, path string, body obj) {
	if err := c.api.patch(ctx, path, strategicPatch, body); err != nil {
		if c.failed.Add(1) <= 3 {
			fmt.Fprintln(os.Stderr, err)
		}
		return
	}
	c.done.Add(1)
}
