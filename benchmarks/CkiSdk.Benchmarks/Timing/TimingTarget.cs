namespace CkiSdk.Benchmarks.Timing;

/// <summary>Is one operation whose time must not depend on what is secret.</summary>
/// <param name="Name">What is done, and what the two classes are.</param>
/// <param name="Measurements">How many measurements are taken.</param>
/// <param name="IsLeaky">Whether the time is known to depend on the class: the control that shows that the test sees anything.</param>
/// <param name="Prepare">Prepares one input of a class, outside of what is measured.</param>
internal sealed record TimingTarget(string Name, int Measurements, bool IsLeaky, Func<bool, Action> Prepare);
