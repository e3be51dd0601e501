namespace Alignment.Data.Tests.Reading;

/// <summary>A test of rows that lie beside the repository and not in it; skipped with the reason where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealRowsFactAttribute : FactAttribute
{
    public RealRowsFactAttribute(string absentReason)
    {
        if (!Directory.Exists(Golden.Path("..", "data"))) Skip = absentReason;
    }
}
