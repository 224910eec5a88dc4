namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Is what approvers of recovered keys do: each signs a form in a home of his own, and the CMA takes what was signed.</summary>
internal static class Approvals
{
    /// <summary>Lets an approver sign a form.</summary>
    /// <returns>The file with the decision.</returns>
    public static async Task<string> SignAsync(TwoDomains domains, string approver, string form, string decision = "approve")
    {
        var target = domains.PathOf($"{approver}.p7m");
        await TwoDomains.Ok("recovery", decision, "--home", domains.PathOf(approver), "--in", form, "--out", target, "--force");
        return target;
    }

    /// <summary>Gets the command that gives a decision to CMA A.</summary>
    public static string[] Take(TwoDomains domains, string file) => ["recovery", "take", "--home", domains.PathOf("a"), "--in", file];
}
