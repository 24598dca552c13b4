// Says what Go's archive/zip makes of files: a line for each, with what can be read of it.
package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	files, err := os.ReadDir(os.Args[1])
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(os.Args[1], file.Name()))
		if err != nil || len(data) == 0 {
			continue
		}
		fmt.Printf("%s%s\n", file.Name(), told(data[:len(data)-1]))
	}
}

func told(data []byte) string {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return " -"
	}
	var declared uint64
	for _, file := range archive.File {
		if declared+file.UncompressedSize64 < declared {
			return " large"
		}
		declared += file.UncompressedSize64
	}
	if declared > 16<<20 {
		return " large"
	}
	text := ""
	for _, file := range archive.File {
		text += fmt.Sprintf(" %x:%s", file.Name, content(file))
	}
	return text
}

func content(file *zip.File) string {
	reader, err := file.Open()
	if err != nil {
		return "-"
	}
	hash := sha256.New()
	// As dirhash.HashZip reads it.
	if _, err := io.Copy(hash, reader); err != nil {
		return "-"
	}
	return fmt.Sprintf("%x", hash.Sum(nil))
}
