using CkiSdk.Pki.Names;
using CkiSdk.TestSupport;

namespace CkiSdk.Web.Tests;

/// <summary>Shows the pages in a browser as people have it: headless Chromium.</summary>
public sealed class ChromiumTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Pages_AreRead_WithoutAnythingBeingRefused()
    {
        await using var site = await TestSite.StartAsync();
        using var folder = new TemporaryFolder();
        var hostile = DistinguishedName.Parse("CN=\\<img src\\=x onerror\\=document.title\\=1\\>,O=Domain A,C=GB");
        await site.AddUserAsync(hostile);
        await site.AddCertificateAsync(hostile);
        var overview = Run(folder, "--dump-dom", Address(site, "/"));
        Assert.Contains("<h1>Keys and certificates</h1>", overview, StringComparison.Ordinal);
        Assert.Contains("<bdi>own domain</bdi>", overview, StringComparison.Ordinal);
        Assert.Contains("<caption>Keys, certificates and lists</caption>", overview, StringComparison.Ordinal);
        var found = Run(folder, "--dump-dom", Address(site, "/certificates?find=onerror"));
        Assert.Contains("&lt;img src", found, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", found, StringComparison.Ordinal);
        Assert.Contains("<title>Certificates – CN=CMA A", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_IsSeen_WithItsTimelineAndStyle()
    {
        await using var site = await TestSite.StartAsync();
        using var folder = new TemporaryFolder();
        Run(folder, $"--screenshot={folder.PathOf("page.png")}", "--window-size=1200,900", Address(site, "/"));
        var picture = Png.Read(await File.ReadAllBytesAsync(folder.PathOf("page.png"), TestContext.Current.CancellationToken));
        Assert.Equal((1200, 900), (picture.Width, picture.Height));

        // The bars of keys in effect, of what ends soon, and the line of today, each as large as it must be.
        Assert.InRange(picture.Count(0x2e, 0x7d, 0x32), 2000, 200_000);
        Assert.InRange(picture.Count(0xc7, 0x77, 0x00), 5, 5_000);
        Assert.InRange(picture.Count(0xb0, 0x00, 0x20), 50, 20_000);
    }

    private static string Address(TestSite site, string path) => $"http://127.0.0.1:{site.Host.EndPoint.Port}{path}";

    private static string Run(TemporaryFolder folder, params string[] more)
    {
        string[] args =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--force-device-scale-factor=1",
            "--virtual-time-budget=20000", $"--user-data-dir={folder.PathOf("profile")}", .. more,
        ];
        var result = ExternalProgram.Run("chromium", args, limit: Limit);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.DoesNotContain("Content Security Policy", result.Error, StringComparison.Ordinal);
        return result.Text;
    }
}
