using CkiSdk.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace CkiSdk.Protocol.Tests.Model;

/// <summary>Runs random scripts on whole domains; a script that breaks a promise is shrunk and printed.</summary>
public sealed class ModelTests
{
    [Fact]
    public void Promises_AreKept_WhateverTheNetworkAndThePartiesDo() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Count(25, 2000)).WithStartSize(8).WithEndSize(LongRun.Count(30, 80)),
        Prop.ForAll(Step.Scripts, script =>
        {
            using var run = ModelRun.Create().GetAwaiter().GetResult();
            run.Run(script).GetAwaiter().GetResult();
        }));
}
