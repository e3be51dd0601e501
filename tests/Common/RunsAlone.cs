namespace Alignment.Tests.Common;

/// <summary>Tests that count what the whole process allocates, and so run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "alone";
}
