using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Routes;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows what files from somebody else, or in a folder of somebody else, do not do.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HostileFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ACard_SpeaksToNoTerminal()
    {
        foreach (var letter in new[] { "A", "B" })
        {
            await TwoDomains.Ok("cma", "init", "--home", _folder.PathOf(letter), "--name", $"CN=CMA {letter},O=Domain {letter},C=GB", "--domain", $"O=Domain {letter},C=GB", "--listen", "127.0.0.1:0");
        }

        // Names are compared without controls (RFC 4518 §2.2), so that this one is still that of the certificates.
        var card = _folder.PathOf("card.json");
        var text = await File.ReadAllTextAsync(_folder.PathOf("B/card.json"), Cancel);
        await File.WriteAllTextAsync(card, text.Replace("\"CN=CMA B,", "\"CN=CMA\\u001b B\\u009b,", StringComparison.Ordinal), Cancel);
        var output = await TwoDomains.Ok("cma", "peer", "add", "--home", _folder.PathOf("A"), "--card", card);
        output += await TwoDomains.Ok("cma", "peer", "list", "--home", _folder.PathOf("A"));
        output += await TwoDomains.Ok("cma", "status", "--home", _folder.PathOf("A"));
        Assert.Contains("CN=CMA", output, StringComparison.Ordinal);
        Assert.DoesNotContain(output, character => char.IsControl(character) && character != '\n');
    }

    [Theory]
    [InlineData("the password of a file", "ftp://x@127.0.0.1:{0}/?password-file={1}")]
    [InlineData("the password of a file by FTPS", "FTPS://x@127.0.0.1:{0}/?password-file={1}")]
    [InlineData("a variable of the environment", "ftp://x@127.0.0.1:{0}/?password-env=PATH")]
    [InlineData("an account of mail", "mailto:x@b.example?account={1}")]
    [InlineData("an account of mail in other letters", "MailTo:x@b.example?ACCOUNT={1}")]
    public async Task ACard_AsksForNothingOfThisMachine(string what, string address)
    {
        // Whoever wrote the card has a server there.
        using var thief = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        thief.Start();
        var there = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, ((System.Net.IPEndPoint)thief.LocalEndpoint).Port, _folder.PathOf("A/home.key"));
        foreach (var letter in new[] { "A", "B" })
        {
            await TwoDomains.Ok("cma", "init", "--home", _folder.PathOf(letter), "--name", $"CN=CMA {letter},O=Domain {letter},C=GB", "--domain", $"O=Domain {letter},C=GB", "--listen", "127.0.0.1:0");
        }

        var text = JsonNode.Parse(await File.ReadAllTextAsync(_folder.PathOf("B/card.json"), Cancel))!;
        text["address"] = there;
        var card = _folder.WriteText("card.json", text.ToJsonString());
        var error = await TwoDomains.Fails(2, "cma", "peer", "add", "--home", _folder.PathOf("A"), "--card", card);
        Assert.Contains("--route", error, StringComparison.Ordinal);
        Assert.False(thief.Pending(), what);

        // Nobody's own card does so by mistake, and what is said on the own machine holds.
        await TwoDomains.Fails(2, "cma", "init", "--home", _folder.PathOf("C"), "--name", "CN=CMA C,O=Domain C,C=GB", "--domain", "O=Domain C,C=GB", "--listen", "127.0.0.1:0", "--address", there);
        await TwoDomains.Ok("cma", "peer", "add", "--home", _folder.PathOf("A"), "--card", _folder.PathOf("B/card.json"), "--route", $"ftp://x@127.0.0.1/?password-file={_folder.PathOf("secret")}");
    }

    [Theory]
    [InlineData("a\u001b[2Jb", "a [2Jb")]
    [InlineData("a\u009b2Jb\r\n", "a 2Jb  ")]
    [InlineData("a\u202Egnp.exe\u2028b\u200B", "a gnp.exe b ")]
    [InlineData("Ωש字 – ü", "Ωש字 – ü")]
    public void WhatComesFromElsewhere_TurnsNoTerminal(string text, string line) => Assert.Equal(line, Failures.OneLine(text));

    // Whatever somebody has made of a card, it is read or refused with words, and what is read goes to any terminal.
    [Fact]
    public async Task Cards_ThatWereChanged_AreReadOrRefused()
    {
        await TwoDomains.Ok("cma", "init", "--home", _folder.PathOf("A"), "--name", "CN=CMA A,O=Domain A,C=GB", "--domain", "O=Domain A,C=GB", "--listen", "127.0.0.1:0");
        var card = await File.ReadAllBytesAsync(_folder.PathOf("A/card.json"), Cancel);
        string[] words = ["null", "\"\"", "{}", "[]", "0", "\"\\u001b[2J\"", "\"https://x/\"", "\"file:\"", "\"ftp://a@b/\"", "\"mailto:a@b\"", ",", ":", "\\u202e"];
        var random = new Random(7);
        for (var i = 0; i < LongRun.Count(600, 20_000); i++)
        {
            var changed = card.ToList();
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                var place = random.Next(changed.Count);
                if (random.Next(3) == 0) changed[place] = (byte)random.Next(256);
                else changed.InsertRange(place, System.Text.Encoding.ASCII.GetBytes(words[random.Next(words.Length)]));
                if (random.Next(3) == 0) changed.RemoveRange(place, random.Next(Math.Min(40, changed.Count - place)));
            }

            var file = _folder.PathOf("changed.json");
            await File.WriteAllBytesAsync(file, [.. changed], Cancel);
            try
            {
                var read = PartyCard.Read(file);
                Assert.DoesNotContain(string.Concat(read.Name, string.Concat(read.Domain)), char.IsControl);
                Assert.DoesNotContain(Route.Parse(read.Address, "address").Text, char.IsControl);
            }
            catch (CommandException)
            {
                // Refused.
            }
        }
    }

    // What was taken is read again at each start: a card that stopped its reader would stop him for good.
    [Theory]
    [InlineData("authority", "encryption", "names as the authority is not one that an authority has signed for itself")]
    [InlineData("anchor", "encryption", "names as the anchor is not one that an authority has signed for itself")]
    [InlineData("certificate", "encryption", "is not that of an authority")]
    [InlineData("encryption", "certificate", "is not made for receiving keys")]
    [InlineData("encryption", "authority", "its certificates are not those of CN=CMA B,O=Domain B,C=GB")]
    [InlineData("domain", null, "its domain does not hold CN=CMA B,O=Domain B,C=GB")]
    [InlineData("kind", null, "is no card of a")]
    public async Task ACard_ThatDoesNotHoldTogether_StopsNobody(string member, string? from, string fault)
    {
        await TwoDomains.Ok("tlcma", "init", "--home", _folder.PathOf("top"), "--name", "CN=TLCMA,C=GB", "--listen", "127.0.0.1:0");
        foreach (var letter in new[] { "A", "B" })
        {
            await TwoDomains.Ok("cma", "init", "--home", _folder.PathOf(letter), "--name", $"CN=CMA {letter},O=Domain {letter},C=GB", "--domain", $"O=Domain {letter},C=GB", "--listen", "127.0.0.1:0");
        }

        var text = JsonNode.Parse(await File.ReadAllTextAsync(_folder.PathOf("B/card.json"), Cancel))!;
        text[member] = from is not null ? text[from]!.DeepClone() : member == "domain" ? new JsonArray("O=Domain C,C=GB") : "user";
        var card = _folder.WriteText("card.json", text.ToJsonString());
        var error = await TwoDomains.Fails(2, "cma", "peer", "add", "--home", _folder.PathOf("A"), "--card", card);
        Assert.Contains(fault, error, StringComparison.Ordinal);
        error = await TwoDomains.Fails(2, "tlcma", "peer", "add", "--home", _folder.PathOf("top"), "--card", card, "--out", _folder.PathOf("b.pem"));
        Assert.Contains(fault, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("b.pem")));
        await TwoDomains.Ok("cma", "status", "--home", _folder.PathOf("A"));
        await TwoDomains.Ok("tlcma", "status", "--home", _folder.PathOf("top"));
    }

    [Fact]
    public async Task ACardOfATlcma_WhoseAuthorityHasNotSignedItself_MakesNoHome()
    {
        await TwoDomains.Ok("tlcma", "init", "--home", _folder.PathOf("top"), "--name", "CN=TLCMA,C=GB", "--listen", "127.0.0.1:0");
        var text = JsonNode.Parse(await File.ReadAllTextAsync(_folder.PathOf("top/card.json"), Cancel))!;
        text["authority"] = text["encryption"]!.DeepClone();
        var card = _folder.WriteText("card.json", text.ToJsonString());
        await TwoDomains.Fails(2, "cma", "init", "--home", _folder.PathOf("A"), "--name", "CN=CMA A,O=A", "--domain", "O=A", "--listen", "127.0.0.1:0", "--tlcma", card);
        Assert.False(Directory.Exists(_folder.PathOf("A")));
    }

    [Theory]
    [InlineData("the address of the CMA", "cma.address")]
    [InlineData("the authority of the CMA", "cma.authority")]
    [InlineData("the whole CMA", "cma")]
    [InlineData("the certificate of the user", "authentication.certificate")]
    [InlineData("the key of the user", "authentication.key")]
    [InlineData("his name", "user")]
    public async Task AnEnrolmentFile_ThatWasChangedOnItsWay_EnrolsNobody(string what, string place)
    {
        foreach (var letter in new[] { "A", "B" })
        {
            await TwoDomains.Ok("cma", "init", "--home", _folder.PathOf(letter), "--name", "CN=CMA A,O=Domain A,C=GB", "--domain", "O=Domain A,C=GB", "--listen", "127.0.0.1:0");
            await TwoDomains.Ok("cma", "user", "add", "--home", _folder.PathOf(letter), "--name", $"CN=User,O=Domain A,C=GB", "--out", _folder.PathOf($"{letter}.json"));
        }

        // What the genuine file says is exchanged for what a CMA of the same name has made: only the secret tells the two apart.
        var (genuine, forged) = (JsonNode.Parse(await File.ReadAllTextAsync(_folder.PathOf("A.json"), Cancel))!, JsonNode.Parse(await File.ReadAllTextAsync(_folder.PathOf("B.json"), Cancel))!);
        var (folder, name) = place.Split('.') is [var outer, var inner] ? (outer, inner) : ("", place);
        var (target, source) = folder.Length > 0 ? (genuine[folder]!, forged[folder]!) : (genuine, forged);
        target[name] = name == "user" ? "CN=Another,O=Domain A,C=GB" : source[name]!.DeepClone();
        var file = _folder.WriteText("changed.json", genuine.ToJsonString());
        await TwoDomains.Fails(what == "the key of the user" ? 2 : 6, "user", "enroll", "--home", _folder.PathOf("user"), "--in", file, "--password-file", _folder.PathOf("A.json.secret"));
        Assert.False(Directory.Exists(_folder.PathOf("user")));
    }

    [Fact]
    public void AFileThatLiesInWait_GetsNoSecret()
    {
        var (target, victim) = (_folder.PathOf("a1.json"), _folder.WriteText("victim", "as it was"));
        File.CreateSymbolicLink($"{target}.{Environment.ProcessId}.new", victim);
        HomeFiles.Write(target, "secret", isSecret: true);
        Assert.Equal("as it was", File.ReadAllText(victim));
        Assert.Null(File.ResolveLinkTarget(target, returnFinalTarget: false));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
    }

    [Fact]
    public async Task AFolderThatLiesInWait_BecomesNoHome()
    {
        var home = _folder.PathOf("k");
        var waiting = Directory.CreateDirectory($"{home}.{Environment.ProcessId}.new").FullName;
        await File.WriteAllTextAsync(Path.Combine(waiting, "home.key"), new string('0', 64), Cancel);
        File.SetUnixFileMode(Path.Combine(waiting, "home.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await TwoDomains.Ok("cma", "init", "--home", home, "--name", "CN=CMA K,O=Domain K,C=GB", "--domain", "O=Domain K,C=GB", "--listen", "127.0.0.1:0");
        Assert.NotEqual(new string('0', 64), await File.ReadAllTextAsync(Path.Combine(home, "home.key"), Cancel));
    }
}
