using CkiSdk.Storage.Sqlite.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The entry point of a test program, and of the CMAs that tests start as processes.
if (args is [CrashingCma.Command, var path, var seed])
    return await CrashingCma.RunAsync(path, int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture));
if (args is [CreatingCma.Command]) return await CreatingCma.RunAsync();
return args.Contains("-automated") || args.Contains("@@")
    ? await ConsoleRunner.Run(args)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
