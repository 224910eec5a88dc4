using System.Text.Json;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Routes;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.Cli.Users;
using CkiSdk.Crypto;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Is two domains with a TLCMA or without one, made by the commands that an operator uses; the authorities run as processes of their own.</summary>
internal sealed class TwoDomains(bool hasTlcma, TestWay? way) : IAsyncDisposable
{
    // On a busy machine what was not delivered at once is tried again after up to a minute.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(4);
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, CmaProcess> _running = [];

    public IReadOnlyCollection<string> Running => _running.Keys;

    public bool HasTlcma => hasTlcma;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Makes the homes of the authorities; none of them runs yet. The CMAs have each other's card, if they are introduced.</summary>
    public static async Task<TwoDomains> CreateAsync(bool hasTlcma, TestWay? way = null, bool areIntroduced = true)
    {
        var domains = new TwoDomains(hasTlcma, way);
        if (hasTlcma) await TwoDomains.Ok("tlcma", "init", "--home", domains.PathOf("top"), "--name", "CN=TLCMA,C=GB", "--listen", FreePort());
        foreach (var (home, letter) in new[] { ("a", "A"), ("b", "B") })
        {
            string[] tlcma = hasTlcma ? ["--tlcma", domains.PathOf("top/card.json"), .. domains.RouteTo("top")] : [];
            await TwoDomains.Ok(["cma", "init", "--home", domains.PathOf(home), "--name", $"CN=CMA {letter},O=Domain {letter},C=GB", "--domain", $"O=Domain {letter},C=GB", "--listen", FreePort(), "--recovery", .. tlcma]);
            if (!hasTlcma) continue;
            await TwoDomains.Ok(["tlcma", "peer", "add", "--home", domains.PathOf("top"), "--card", domains.PathOf($"{home}/card.json"), "--out", domains.PathOf($"{home}.pem"), .. domains.RouteTo(home)]);
            await TwoDomains.Ok("cma", "join", "--home", domains.PathOf(home), "--in", domains.PathOf($"{home}.pem"));
        }

        if (areIntroduced)
        {
            await domains.IntroduceAsync("a", "b");
            await domains.IntroduceAsync("b", "a");
        }

        return domains;
    }

    public static string NameOf(string user) => $"CN=User {user.ToUpperInvariant()},O=Domain {char.ToUpperInvariant(user[0])},C=GB";

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Makes a CMA known to another.</summary>
    public Task IntroduceAsync(string home, string other) => Ok(["cma", "peer", "add", "--home", PathOf(home), "--card", PathOf($"{other}/card.json"), .. RouteTo(other)]);

    public async Task StartAsync(params string[] names)
    {
        foreach (var name in names) _running[name] = await CmaProcess.StartAsync(PathOf(name), name == "top" ? "tlcma" : "cma", way?.Listen(name), way?.Serve(this, name));
    }

    public async Task StopAsync(string name)
    {
        Assert.Equal(0, await _running[name].StopAsync());
        await _running[name].DisposeAsync();
        _running.Remove(name);
    }

    public async Task KillAsync(string name)
    {
        Assert.False(_running[name].HasEnded, $"{name} ended by itself");
        await _running[name].KillAsync();
        await _running[name].DisposeAsync();
        _running.Remove(name);
    }

    /// <summary>Waits until both CMAs have a key with each other, and one of their own.</summary>
    public Task KeysAsync() => UntilAsync("a key with the other domain, and one of its own", async () =>
    {
        foreach (var home in new[] { "a", "b" })
        {
            var peers = (await Json("cma", "peer", "list", "--home", PathOf(home))).GetProperty("peers").EnumerateArray();
            if (peers.Any(peer => peer.GetProperty("kind").GetString() == "cma" && peer.GetProperty("keyUntil").ValueKind == JsonValueKind.Null)) return false;

            // The TLCMA tells a CMA of the common key when the other one has asked for it, which may be before it is asked by this one, and for its own.
            if (!(await Holdings.KeysAsync(this, home)).Any(key => key.Stored is { ExternalCma: null, IsRetired: false })) return false;
        }

        return true;
    });

    /// <summary>Enrols a user and makes his home, which is named as he is.</summary>
    public async Task EnrolAsync(string user, params string[] more)
    {
        var (cma, file) = (user[..1], PathOf($"{user}.json"));
        await Ok(["cma", "user", "add", "--home", PathOf(cma), "--name", NameOf(user), "--out", file, .. more]);
        await Ok(["user", "enroll", "--home", PathOf(user), "--in", file, "--password-file", $"{file}.secret", .. way?.RouteForUser(this, user, cma) is { } route ? ["--route", route] : Array.Empty<string>()]);
    }

    /// <summary>Enrols a user and makes his home, as the command does before it asks the CMA for anything.</summary>
    public async Task EnrolSilentlyAsync(string user)
    {
        var (cma, file) = (user[..1], PathOf($"{user}.json"));
        await Ok("cma", "user", "add", "--home", PathOf(cma), "--name", NameOf(user), "--out", file);
        using var secret = Secret.From((await File.ReadAllBytesAsync($"{file}.secret", Cancel)).AsSpan().Trim("\n"u8));
        var route = way?.RouteForUser(this, user, cma) is { } text ? Route.Parse(text, "test") : null;
        await EnrollCommand.CreateAsync(PathOf(user), HomeFiles.ReadJson(file, HomeJson.Default.EnrolmentFile), secret, new HomeKeySource(HomeKeySource.File, "home.key"), file, route, Cancel);
    }

    /// <summary>Runs a command that must end well, or with something that ends soon.</summary>
    public static async Task<string> Ok(params string[] args)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(args);
        Assert.True(code == 0, $"{string.Join(' ', args)}: {code} {error}");
        return output;
    }

    /// <summary>Runs a command with <c>--json</c> and returns its document.</summary>
    public static async Task<JsonElement> Json(params string[] args) => JsonDocument.Parse(await Ok([.. args, "--json"])).RootElement;

    /// <summary>Runs a command that must end with a code.</summary>
    public static async Task<string> Fails(int expected, params string[] args)
    {
        var (code, _, error) = await CkiProgram.RunInsideAsync(args);
        Assert.True(code == expected, $"{string.Join(' ', args)}: {code}, not {expected}: {error}");
        return error;
    }

    /// <summary>Waits until something is so.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="isSo">Tells whether it is.</param>
    /// <param name="said">Tells what was said instead; null for nothing.</param>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, Func<string>? said = null)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); !await isSo();)
        {
            Assert.True(clock.Elapsed < LongestWait, $"there was not {what} within {LongestWait}{(said is null ? "" : $": {said()}")}");
            await Task.Delay(200, Cancel);
        }
    }

    /// <summary>Waits until no authority has anything for another one any more, and nothing lies in their ways in.</summary>
    /// <param name="waiting">Counts what lies in the way in of an authority.</param>
    public Task UntilIdleAsync(Func<string, int> waiting) => UntilAsync("an end of what the authorities have for one another", async () =>
    {
        foreach (var home in Running)
        {
            if (waiting(home) > 0 || await Holdings.HasForOthersAsync(this, home)) return false;
        }

        return true;
    });

    /// <summary>Gives an address that nobody listens at, and nobody else of these tests is given.</summary>
    public static string FreePort() => FreePorts.NextEndPoint().ToString();

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running.Values) await process.DisposeAsync();
        _folder.Dispose();
    }

    private string[] RouteTo(string authority) => way?.RouteTo(this, authority) is { } route ? ["--route", route] : [];
}
