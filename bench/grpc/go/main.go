// A real client of Falco's gRPC output, and a Falco made of its generated server: client-go as others use it.
//
//	rig subscribe SOCKET COUNT SECONDS   prints {"events":N,"hosts":[...]} once COUNT events came, or the time is over
//	rig get SOCKET                       one get call, prints how many events it brought
//	rig version SOCKET                   prints the version
//	rig serve SOCKET COUNT               COUNT events, handed over as Falco does, until SIGTERM
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"sort"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/falcosecurity/client-go/pkg/api/outputs"
	"github.com/falcosecurity/client-go/pkg/api/schema"
	"github.com/falcosecurity/client-go/pkg/api/version"
	"github.com/falcosecurity/client-go/pkg/client"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"
)

func main() {
	if len(os.Args) < 3 {
		log.Fatal("subscribe|get|version|serve SOCKET ...")
	}
	socket := os.Args[2]
	switch os.Args[1] {
	case "subscribe":
		subscribe(connect(socket), number(3), time.Duration(number(4))*time.Second)
	case "get":
		get(connect(socket))
	case "version":
		tell(connect(socket))
	case "serve":
		serve(socket, number(3))
	default:
		log.Fatal("unknown command ", os.Args[1])
	}
}

func number(at int) int {
	n, err := strconv.Atoi(os.Args[at])
	if err != nil {
		log.Fatal(err)
	}
	return n
}

func connect(socket string) *client.Client {
	c, err := client.NewForConfig(context.Background(), &client.Config{UnixSocketPath: "unix://" + socket})
	if err != nil {
		log.Fatal(err)
	}
	return c
}

func subscribe(c *client.Client, count int, limit time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	hosts := map[string]bool{}
	events := 0
	done := fmt.Errorf("enough")
	err := c.OutputsWatch(ctx, func(res *outputs.Response) error {
		if res.Rule == "" || res.Time == nil {
			return fmt.Errorf("no event: %v", res)
		}
		events++
		hosts[res.Hostname] = true
		if events == count {
			return done
		}
		return nil
	}, 200*time.Millisecond)
	if err != done && ctx.Err() == nil {
		log.Fatal("the subscription ended: ", err)
	}
	names := make([]string, 0, len(hosts))
	for name := range hosts {
		names = append(names, name)
	}
	sort.Strings(names)
	json.NewEncoder(os.Stdout).Encode(map[string]interface{}{"events": events, "hosts": names})
}

func get(c *client.Client) {
	service, err := c.Outputs()
	if err != nil {
		log.Fatal(err)
	}
	stream, err := service.Get(context.Background(), &outputs.Request{})
	if err != nil {
		log.Fatal(err)
	}
	events := 0
	for {
		if _, err = stream.Recv(); err == io.EOF {
			fmt.Println(events)
			return
		} else if err != nil {
			log.Fatal(err)
		}
		events++
	}
}

func tell(c *client.Client) {
	service, err := c.Version()
	if err != nil {
		log.Fatal(err)
	}
	told, err := service.Version(context.Background(), &version.Request{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(told.Version, told.Build)
}

// falco has one queue that its clients compete for, and hands it over only when it is asked.
type falco struct {
	outputs.UnimplementedServiceServer
	mu    sync.Mutex
	queue []*outputs.Response
}

func (f *falco) next() *outputs.Response {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.queue) == 0 {
		return nil
	}
	event := f.queue[0]
	f.queue = f.queue[1:]
	return event
}

func (f *falco) Sub(stream outputs.Service_SubServer) error {
	for {
		if _, err := stream.Recv(); err != nil {
			return err
		}
		for event := f.next(); event != nil; event = f.next() {
			if err := stream.Send(event); err != nil {
				return err
			}
		}
	}
}

func (f *falco) Get(_ *outputs.Request, stream outputs.Service_GetServer) error {
	for event := f.next(); event != nil; event = f.next() {
		if err := stream.Send(event); err != nil {
			return err
		}
	}
	return nil
}

type versions struct {
	version.UnimplementedServiceServer
}

func (versions) Version(context.Context, *version.Request) (*version.Response, error) {
	return &version.Response{Version: "0.43.1", Major: 0, Minor: 43, Patch: 1}, nil
}

func serve(socket string, count int) {
	f := &falco{}
	for i := 0; i < count; i++ {
		f.queue = append(f.queue, &outputs.Response{
			Time:         timestamppb.Now(),
			Priority:     schema.Priority_WARNING,
			Rule:         fmt.Sprintf("client-go %d", i),
			Output:       "10:15:30.000000000: Warning out of client-go's server",
			OutputFields: map[string]string{"proc.name": "bash", "container.id": "<NA>"},
			Hostname:     "go-host",
			Tags:         []string{"rig"},
			Source:       "syscall",
		})
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	outputs.RegisterServiceServer(server, f)
	version.RegisterServiceServer(server, versions{})
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	go func() {
		<-stop
		server.Stop()
	}()
	if err := server.Serve(listener); err != nil {
		log.Fatal(err)
	}
}
