using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Spool;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Faults;

namespace CkiSdk.Transports.Tests.Spool;

/// <summary>Is a party that is served through a spool of files under CMS, which the test sees in a folder, wherever it is for the transport.</summary>
/// <param name="party">The party.</param>
/// <param name="folder">The folder.</param>
/// <param name="patience">How long clients wait; null for long.</param>
internal abstract class SpoolWay(OnceParty party, string folder, TimeSpan? patience) : MessageWay(party)
{
    private int _injected;
    private SpoolListener? _listener;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Gets how often both sides look.</summary>
    protected virtual TimeSpan Interval => TimeSpan.FromMilliseconds(5);

    /// <summary>Lets the party be served.</summary>
    public async Task ServeAsync() => _listener = await SpoolListener.StartAsync(
        Party, new SpoolListenerOptions { Place = PlaceOfListener(), Identity = await CmsParty.Server, Interval = Interval, Pause = TimeSpan.FromMilliseconds(50) }, Cancel);

    public override async ValueTask<ICkiTransport> ConnectAsync() => await ConnectAsync(PlaceOfClient(patience), patience);

    public override async ValueTask<ICkiTransport> ConnectAsideAsync() => await ConnectAsync(PlaceAside(), null);

    // Somebody deletes a file while nobody looks.
    public override async Task LoseAsync(bool isRequest, Func<Task> ask)
    {
        await _listener!.DisposeAsync();

        // On a busy machine the time may be over before the request is there.
        do await ask();
        while (Directory.GetFiles(Path.Combine(folder, "in"), "*.pki").Length == 0);
        if (isRequest) await DeleteAsync("in");
        await ServeAsync();
        if (!isRequest) await DeleteAsync("out");
        await SettleAsync();
    }

    public override async ValueTask<byte[]> WrapAsync(byte[] request) => await new CmsProtection(await CmsParty.Client).ProtectAsync(request, (await CmsParty.Server).EncryptionCertificate, Cancel);

    // As somebody does who writes where he should not, so that half of a file can be seen, too.
    public override async Task InjectAsync(byte[] octets)
    {
        var name = $"injected{Interlocked.Increment(ref _injected)}";
        var temporary = Path.Combine(folder, name);
        await File.WriteAllBytesAsync(temporary, octets, Cancel);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, (UnixFileMode)0b110_110_110);
        File.Move(temporary, Path.Combine(folder, "in", name + ".pki"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "in", "." + name), octets, Cancel);
    }

    public override IEnumerable<(string Description, byte[] Octets)> Hostile(byte[] whole)
    {
        yield return ("more than a message may have", new byte[2 << 20]);
        yield return ("a message with something before it", [0, .. whole]);
        yield return ("a message from the middle on", whole[(whole.Length / 2)..]);
        for (var i = whole.Length / 2; i < whole.Length; i += 37) yield return ($"a message whose octet {i} was changed", [.. whole[..i], (byte)(whole[i] ^ 0x20), .. whole[(i + 1)..]]);
    }

    public override async Task SettleAsync()
    {
        while (Directory.GetFiles(Path.Combine(folder, "in")).Any(file => !Path.GetFileName(file).StartsWith('.'))) await Task.Delay(5, Cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
    }

    protected abstract SpoolPlace PlaceOfListener();

    protected abstract SpoolPlace PlaceOfClient(TimeSpan? patience);

    protected abstract SpoolPlace PlaceAside();

    private async ValueTask<ICkiTransport> ConnectAsync(SpoolPlace place, TimeSpan? time) => new SpoolTransport(new SpoolTransportOptions
    {
        Place = place,
        Identity = await CmsParty.Client,
        ServerCertificate = (await CmsParty.Server).EncryptionCertificate,
        Interval = Interval,
        AnswerTimeout = time ?? TimeSpan.FromMinutes(1),
    });

    private async Task DeleteAsync(string name)
    {
        string[] files;
        while ((files = Directory.GetFiles(Path.Combine(folder, name), "*.pki")).Length == 0) await Task.Delay(5, Cancel);
        foreach (var file in files) File.Delete(file);
    }
}
