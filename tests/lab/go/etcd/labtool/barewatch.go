package main

// The yardstick for a program that shows all pods: the same streamed watch, read and thrown
// away. Nothing is decoded but the length of each frame.

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	streamedPods = "/api/v1/pods?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=120"
	// The annotation of the bookmark that ends the first state.
	initialEnd = "k8s.io/initial-events-end"
	mostFrame  = 64 << 20
)

// runBareWatch prints the milliseconds to the first pod and to all of them, their number and the bytes.
func runBareWatch(ctx context.Context, args []string) error {
	set, server, pki := serverFlags("bare-watch")
	_ = set.Parse(args)
	api, err := newAPI(*server, *pki, "bare-watch")
	if err != nil {
		return err
	}
	// One connection for one stream: HTTP/2 would only add its windows.
	api.http.Transport.(*http.Transport).ForceAttemptHTTP2 = false
	begin := time.Now()
	res, err := api.request(ctx, http.MethodGet, streamedPods, "", "application/vnd.kubernetes.protobuf;stream=watch", nil)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var first time.Duration
	frames, read := 0, 0
	body := bufio.NewReaderSize(res.Body, 256<<10)
	for {
		frame, err := readFrame(body)
		if err != nil {
			return err
		}
		if bytes.Contains(frame[max(0, len(frame)-4096):], []byte(initialEnd)) {
			break
		}
		if frames == 0 {
			first = time.Since(begin)
		}
		frames, read = frames+1, read+len(frame)
	}
	fmt.Printf("first_ms=%d all_ms=%d pods=%d bytes=%d\n", first.Milliseconds(), time.Since(begin).Milliseconds(), frames, read)
	return nil
}

// readFrame reads one frame: its length in four bytes, then so many bytes.
func readFrame(body io.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(body, head[:]); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint32(head[:])
	if length > mostFrame {
		return nil, fmt.Errorf("a frame of %d bytes: this is no watch in protobuf", length)
	}
	frame := make([]byte, length)
	_, err := io.ReadFull(body, frame)
	return frame, err
}
