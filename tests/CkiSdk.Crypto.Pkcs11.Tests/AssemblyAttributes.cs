using Xunit.Sdk;
using Xunit.v3;

// The library is one per process: tests that finalise it would take the sessions of others away.
[assembly: Parallelization(Mode = ParallelMode.None)]
