using CkiSdk.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace CkiSdk.Protocol.Tests.Model;

/// <summary>Runs random scripts on whole domains; a script that breaks a promise is shrunk and printed.</summary>
public sealed class ModelTests
{
    // The usual run plays the same scripts each time, the long run draws its own.
    private static Config Runs => LongRun.Count(0, 1) == 1
        ? Config.QuickThrowOnFailure.WithMaxTest(2000).WithStartSize(8).WithEndSize(80)
        : Config.QuickThrowOnFailure.WithMaxTest(25).WithStartSize(8).WithEndSize(30).WithReplay(1997, 2027);

    [Fact]
    public void Promises_AreKept_WhateverTheNetworkAndThePartiesDo() => FsCheck.Check.One(
        Runs,
        Prop.ForAll(Step.Scripts, script =>
        {
            using var run = ModelRun.Create().GetAwaiter().GetResult();
            run.Run(script).GetAwaiter().GetResult();
        }));

    // A revocation that waited longer than messages are taken, and was taken back before it arrived.
    [Fact]
    public async Task Promises_AreKept_WhenARevocationOvertakesItsEnd()
    {
        using var run = await ModelRun.Create();
        await run.Run([new Step(Action.Revoke, 3, 1, Fate.Arrives), new Step(Action.Wait, 3, 3, Fate.Arrives), new Step(Action.Restore, 3, 3, Fate.Arrives)]);
    }
}
