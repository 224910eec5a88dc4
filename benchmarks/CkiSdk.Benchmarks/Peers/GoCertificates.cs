using System.Diagnostics;

namespace CkiSdk.Benchmarks.Peers;

/// <summary>Decodes certificates with Go's <c>x509.ParseCertificate</c>, where Go is installed: a program that does one pass for each octet it gets.</summary>
internal sealed class GoCertificates : IDisposable
{
    private const string Program = """
        package main

        import (
            "crypto/x509"
            "encoding/binary"
            "io"
            "os"
        )

        func main() {
            var certificates [][]byte
            data, err := os.ReadFile(os.Args[1])
            if err != nil {
                panic(err)
            }
            for len(data) > 0 {
                length := binary.BigEndian.Uint32(data)
                certificates = append(certificates, data[4:4+length])
                data = data[4+length:]
            }
            request := make([]byte, 1)
            for {
                if _, err := io.ReadFull(os.Stdin, request); err != nil {
                    return
                }
                answer := byte(0)
                for _, der := range certificates {
                    if _, err := x509.ParseCertificate(der); err != nil {
                        answer++
                    }
                }
                os.Stdout.Write([]byte{answer})
            }
        }

        """;

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private GoCertificates(DirectoryInfo folder, Process process)
    {
        _folder = folder;
        _process = process;
    }

    /// <summary>Builds and starts the program; null where Go is not installed.</summary>
    public static GoCertificates? Start(IEnumerable<byte[]> certificates)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        if (!path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "go"))))
            return null;
        var folder = Directory.CreateTempSubdirectory("cki-bench-go-");
        File.WriteAllText(Path.Combine(folder.FullName, "main.go"), Program);
        using (var input = File.Create(Path.Combine(folder.FullName, "certificates")))
        {
            Span<byte> length = stackalloc byte[4];
            foreach (var der in certificates)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, der.Length);
                input.Write(length);
                input.Write(der);
            }
        }

        using (var build = Process.Start(new ProcessStartInfo("go", ["build", "-o", "peer", "main.go"]) { WorkingDirectory = folder.FullName })!)
        {
            build.WaitForExit();
            if (build.ExitCode != 0)
                throw new InvalidOperationException("The Go peer does not build.");
        }

        var process = Process.Start(new ProcessStartInfo(Path.Combine(folder.FullName, "peer"), [Path.Combine(folder.FullName, "certificates")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        return new GoCertificates(folder, process);
    }

    /// <summary>Decodes all certificates once; Go refuses a few of them, such as those with negative serial numbers.</summary>
    public void Pass()
    {
        _process.StandardInput.BaseStream.WriteByte(1);
        _process.StandardInput.BaseStream.Flush();
        if (_process.StandardOutput.BaseStream.ReadByte() < 0)
            throw new InvalidOperationException("The Go peer has ended.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
