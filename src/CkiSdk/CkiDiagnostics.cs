using System.Diagnostics;
using System.Diagnostics.Metrics;
using CkiSdk.Protocol.Messages;

namespace CkiSdk;

/// <summary>Names what the front door measures and traces, for those who collect it. Neither holds octets of a message.</summary>
public static class CkiDiagnostics
{
    /// <summary>The name of the meter: <c>cki.server.duration</c> (milliseconds, by result), <c>cki.courier.delivered</c>, <c>cki.courier.failed</c>, <c>cki.client.requests</c> (by what was asked).</summary>
    public const string MeterName = "CkiSdk";

    /// <summary>The name of the source of activities: <c>cki.handle</c> for each message of a server, <c>cki.request</c> for each of a client or of an authority to another, <c>cki.fetch</c> and <c>cki.announce</c> for announcements that are fetched and brought, <c>cki.http</c> for a request over HTTP that the application does not trace itself.</summary>
    public const string ActivitySourceName = "CkiSdk";

    private static readonly Meter Meter = new(MeterName);

    internal static ActivitySource Activities { get; } = new(ActivitySourceName);

    /// <summary>Starts the activity of a client that makes a request.</summary>
    internal static Activity? StartRequest(string what)
    {
        Requests.Add(1, new KeyValuePair<string, object?>("request", what));
        return Activities.StartActivity("cki.request", ActivityKind.Client)?.SetTag("cki.request", what);
    }

    /// <summary>Starts the activity of an authority that sends a request: below what made it ask, which may be some time ago.</summary>
    internal static Activity? StartRequest(ReadOnlyMemory<byte> request) => Activities.StartActivity("cki.request", ActivityKind.Client, ParentIn(request));

    /// <summary>Starts the activity of a server that handles a message: below what the carrier says, else below what the message says.</summary>
    internal static Activity? StartHandling(ReadOnlyMemory<byte> message) =>
        Activities.StartActivity("cki.handle", ActivityKind.Server, Activity.Current is { HasRemoteParent: true } ? default : ParentIn(message));

    // The default is the activity of the caller, or none.
    private static ActivityContext ParentIn(ReadOnlyMemory<byte> message) => Activities.HasListeners() && MessageTrace.Read(message) is { } parent ? parent : default;

    internal static Histogram<double> ServerDuration { get; } = Meter.CreateHistogram<double>("cki.server.duration", "ms", "How long a message took.");

    internal static Counter<long> Delivered { get; } = Meter.CreateCounter<long>("cki.courier.delivered", description: "Announcements that were acknowledged.");

    internal static Counter<long> Failed { get; } = Meter.CreateCounter<long>("cki.courier.failed", description: "Attempts to bring an announcement that failed.");

    internal static Counter<long> Requests { get; } = Meter.CreateCounter<long>("cki.client.requests", description: "Requests of clients.");
}
