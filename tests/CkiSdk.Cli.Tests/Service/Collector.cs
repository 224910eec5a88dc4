using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CkiSdk.Cli.Tests.Domains;

namespace CkiSdk.Cli.Tests.Service;

/// <summary>Is a collector of OTLP over HTTP that keeps what it gets.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();

    public Collector()
    {
        Address = $"http://{TwoDomains.FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Gets the spans: service, trace and name.</summary>
    public ConcurrentQueue<(string Service, string Trace, string Name)> Spans { get; } = new();

    /// <summary>Gets all that came, as it came.</summary>
    public ConcurrentQueue<(string Path, byte[] Content)> Received { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var content = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(content);
                Received.Enqueue((context.Request.Url!.AbsolutePath, content.ToArray()));
                if (context.Request.Url.AbsolutePath == "/v1/traces") Take(content.ToArray());
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // ExportTraceServiceRequest: resource_spans 1 { resource 1 { attributes 1 { key 1, value 2 { string 1 } } }, scope_spans 2 { spans 2 { trace_id 1, name 5 } } }
    private void Take(byte[] request)
    {
        foreach (var resourceSpans in Fields(request, 1))
        {
            var service = Fields(Fields(resourceSpans, 1).Single(), 1).Where(pair => Text(Fields(pair, 1).Single()) == "service.name").Select(pair => Text(Fields(Fields(pair, 2).Single(), 1).Single())).Single();
            foreach (var span in Fields(resourceSpans, 2).SelectMany(scope => Fields(scope, 2)))
                Spans.Enqueue((service, Convert.ToHexString(Fields(span, 1).Single()), Text(Fields(span, 5).Single())));
        }
    }

    private static string Text(byte[] octets) => Encoding.UTF8.GetString(octets);

    // The contents of all fields of a number that have a length.
    private static List<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    if (key >> 3 == (ulong)number) found.Add(message[at..(at + length)]);
                    at += length;
                    break;
                default:
                    at += 4;
                    break;
            }
        }

        return found;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var octet = message[at++];
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80) return value;
        }
    }
}
