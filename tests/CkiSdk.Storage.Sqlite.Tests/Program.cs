using CkiSdk.Storage.Sqlite.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The entry point of a test program, and of the CMA that the crash test starts and kills.
if (args is [CrashingCma.Command, var path, var seed])
    return await CrashingCma.RunAsync(path, int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture));
return args.Contains("-automated") || args.Contains("@@")
    ? await ConsoleRunner.Run(args)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
