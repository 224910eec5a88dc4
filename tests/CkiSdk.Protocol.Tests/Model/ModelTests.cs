using CkiSdk.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace CkiSdk.Protocol.Tests.Model;

/// <summary>Runs random scripts on whole domains; a script that breaks a promise is shrunk and printed.</summary>
public sealed class ModelTests
{
    private static Config Runs => LongRun.Count(0, 1) == 1
        ? Laws.Config.WithMaxTest(2000).WithStartSize(8).WithEndSize(80)
        : Laws.Config.WithMaxTest(25).WithStartSize(8).WithEndSize(30);

    [Fact]
    public void Promises_AreKept_WhateverTheNetworkAndThePartiesDo() => FsCheck.Check.One(
        Runs,
        Prop.ForAll(Step.Scripts, script =>
        {
            using var run = ModelRun.Create().GetAwaiter().GetResult();
            run.Run(script).GetAwaiter().GetResult();
        }));

    // The other side asks while its answer is on its way: both ends must have one key under one reference.
    [Fact]
    public async Task Promises_AreKept_WhenAnAnswerOfAPeerIsLost()
    {
        using var run = await ModelRun.Create();
        await run.Run([new Step(Action.AskPeer, 3, 3, Fate.LosesItsAnswer), new Step(Action.AskPeer, 2, 2, Fate.Arrives), new Step(Action.AskPeer, 3, 3, Fate.Arrives)]);
    }

    // An answer that is repeated says who was revoked when it was made, and goes out under a new time.
    [Theory]
    [InlineData(Action.AskPeer)]
    [InlineData(Action.AskDomains)]
    public async Task Promises_AreKept_WhenAnAnswerIsRepeatedAfterARestoration(object asked)
    {
        using var run = await ModelRun.Create();
        await run.Run([new Step(Action.Revoke, 0, 2, Fate.Arrives), new Step((Action)asked, 3, 1, Fate.LosesItsAnswer), new Step(Action.Restore, 0, 0, Fate.Arrives)]);
    }

    // A revocation that waited longer than messages are taken, and was taken back before it arrived.
    [Fact]
    public async Task Promises_AreKept_WhenARevocationOvertakesItsEnd()
    {
        using var run = await ModelRun.Create();
        await run.Run([new Step(Action.Revoke, 3, 1, Fate.Arrives), new Step(Action.Wait, 3, 3, Fate.Arrives), new Step(Action.Restore, 3, 3, Fate.Arrives)]);
    }
}
