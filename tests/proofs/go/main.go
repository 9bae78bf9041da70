// A verifier that shares no code with the log: Go's own sumdb packages.
// main FOLDER VKEY OLD-CHECKPOINT: verifies both checkpoints, every record
// against the tree of the newer one, and that it grew from the older one.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type folder string

func (folder) Height() int                    { return 8 }
func (folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range tiles {
		// Go names tiles tile/8/L/N; C2SP leaves the height out.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func try[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func open(path string, key note.Verifier) tlog.Tree {
	signed := try(note.Open(try(os.ReadFile(path)), note.VerifierList(key)))
	return try(tlog.ParseTree([]byte(strings.Replace(signed.Text, key.Name(), "go.sum database tree", 1))))
}

func main() {
	dir, key := os.Args[1], try(note.NewVerifier(os.Args[2]))
	head, old := open(filepath.Join(dir, "checkpoint"), key), open(os.Args[3], key)
	hashes := tlog.TileHashReader(head, folder(dir))
	if err := tlog.CheckTree(try(tlog.ProveTree(head.N, old.N, hashes)), head.N, head.Hash, old.N, old.Hash); err != nil {
		log.Fatal(err)
	}
	for index := int64(0); index < head.N; {
		width := head.N - index
		path := tlog.Tile{H: 8, L: -1, N: index / 256, W: 256}
		if width < 256 {
			path.W = int(width)
		}
		name := strings.Replace(path.Path(), "tile/8/data/", "tile/entries/", 1)
		for bundle := try(os.ReadFile(filepath.Join(dir, name))); len(bundle) > 0; index++ {
			end := 2 + int(bundle[0])<<8 + int(bundle[1])
			leaf := tlog.RecordHash(bundle[2:end])
			bundle = bundle[end:]
			if err := tlog.CheckRecord(try(tlog.ProveRecord(head.N, index, hashes)), head.N, head.Hash, index, leaf); err != nil {
				log.Fatal(err)
			}
		}
	}
	fmt.Printf("verified %d records, grown from %d\n", head.N, old.N)
}
