namespace CkiSdk.Benchmarks.Timing;

/// <summary>Is one operation whose time must not depend on what is secret.</summary>
/// <param name="Name">What is done, and what the two classes are.</param>
/// <param name="Measurements">How many measurements are taken.</param>
/// <param name="IsLeaky">Whether the time is known to depend on the class: the control that shows that the test sees anything.</param>
/// <param name="Prepare">Prepares one input of a class, outside of what is measured.</param>
internal sealed record TimingTarget(string Name, int Measurements, bool IsLeaky, Func<bool, Action> Prepare)
{
    /// <summary>How many inputs each class has.</summary>
    public const int PoolSize = 128;

    /// <summary>Makes a target whose classes have as many inputs, so that the caches treat both alike: one input that is always at hand would be read faster.</summary>
    /// <typeparam name="T">An input.</typeparam>
    /// <param name="name">What is done, and what the two classes are.</param>
    /// <param name="measurements">How many measurements are taken.</param>
    /// <param name="left">Makes an input of the one class.</param>
    /// <param name="right">Makes an input of the other.</param>
    /// <param name="operation">What is measured.</param>
    public static TimingTarget Of<T>(string name, int measurements, Func<T> left, Func<T> right, Action<T> operation)
    {
        T[][] pools = [[.. Enumerable.Range(0, PoolSize).Select(_ => left())], [.. Enumerable.Range(0, PoolSize).Select(_ => right())]];
        var next = 0;
        return new(name, measurements, IsLeaky: false, isLeft =>
        {
            var input = pools[isLeft ? 0 : 1][++next % PoolSize];
            return () => operation(input);
        });
    }
}
