package main

// The API server over plain HTTP and JSON. A client library would be most of the build
// and of the memory; here the four verbs and a watch are enough.

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// obj is a JSON object.
type obj = map[string]any

const (
	mergePatch     = "application/merge-patch+json"
	strategicPatch = "application/strategic-merge-patch+json"
	// metaOnly asks for answers without spec and status, which nobody here reads.
	metaOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
)

type api struct {
	server, manager string
	http            *http.Client
}

// statusError is an answer other than 2xx.
type statusError struct {
	code         int
	method, path string
	body         string
}

func (e *statusError) Error() string {
	return fmt.Sprintf("%s %s: %d %s", e.method, e.path, e.code, e.body)
}

// isCode says whether err is an answer with that status code.
func isCode(err error, code int) bool {
	s, ok := err.(*statusError)
	return ok && s.code == code
}

// newAPI reads the certificates of pki; manager becomes the field manager of what is written.
func newAPI(server, pki, manager string) (*api, error) {
	ca, err := os.ReadFile(filepath.Join(pki, "ca.crt"))
	if err != nil {
		return nil, err
	}
	own, err := tls.LoadX509KeyPair(filepath.Join(pki, "labtool.crt"), filepath.Join(pki, "labtool.key"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(ca) {
		return nil, fmt.Errorf("no certificate in %s/ca.crt", pki)
	}
	transport := &http.Transport{
		TLSClientConfig:     &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{own}},
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 16,
	}
	return &api{server: server, manager: manager + "/lab", http: &http.Client{Transport: transport}}, nil
}

func (a *api) request(ctx context.Context, method, path, contentType, accept string, body any) (*http.Response, error) {
	var data io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		data = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, a.server+path, data)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", a.manager)
	req.Header.Set("Accept", accept)
	if body != nil {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := a.http.Do(req)
	if err != nil {
		return nil, err
	}
	if res.StatusCode >= 300 {
		defer res.Body.Close()
		text, _ := io.ReadAll(io.LimitReader(res.Body, 500))
		return nil, &statusError{res.StatusCode, method, path, string(text)}
	}
	return res, nil
}

// call sends body and decodes the answer into out, where out is not nil.
func (a *api) call(ctx context.Context, method, path, contentType string, body, out any) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	accept := "application/json"
	if out == nil && method != http.MethodDelete {
		accept = metaOnly
	}
	res, err := a.request(ctx, method, path, contentType, accept, body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if out == nil {
		_, err = io.Copy(io.Discard, res.Body)
		return err
	}
	return json.NewDecoder(res.Body).Decode(out)
}

func (a *api) get(ctx context.Context, path string, out any) error {
	return a.call(ctx, http.MethodGet, path, "", nil, out)
}

func (a *api) post(ctx context.Context, path string, body any) error {
	return a.call(ctx, http.MethodPost, path, "application/json", body, nil)
}

func (a *api) patch(ctx context.Context, path, kind string, body any) error {
	return a.call(ctx, http.MethodPatch, path, kind, body, nil)
}

// watchEvent is one line of a watch.
type watchEvent struct {
	Type   string          `json:"type"`
	Object json.RawMessage `json:"object"`
}

// watch calls each for every event until the server or the context ends it.
func (a *api) watch(ctx context.Context, path string, each func(watchEvent) error) error {
	res, err := a.request(ctx, http.MethodGet, path, "", "application/json", nil)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	lines := json.NewDecoder(bufio.NewReaderSize(res.Body, 64<<10))
	for {
		var event watchEvent
		if err := lines.Decode(&event); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := each(event); err != nil {
			return err
		}
	}
}
