// Parses a zone file with github.com/miekg/dns and counts its records.
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/miekg/dns"
)

func main() {
	file, err := os.Open(os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	parser := dns.NewZoneParser(bufio.NewReaderSize(file, 1<<20), os.Args[1], os.Args[2])
	records := 0
	for _, ok := parser.Next(); ok; _, ok = parser.Next() {
		records++
	}
	if err := parser.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(records)
}
