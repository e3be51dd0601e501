namespace Alignment.Models;

/// <summary>Where a new adapter's parameters come from.</summary>
internal abstract class AdapterSource
{
    private readonly List<ParameterSource> sources = [];

    /// <summary>Parameters of one factor of a low-rank update.</summary>
    public abstract ParameterScope Of(AdapterStep step, string group);

    /// <summary>Parameters of a copy of the whole part.</summary>
    public abstract ParameterScope OfCopy(AdapterStep step);

    /// <summary>Frees what was given so far, for an adapter that could not be made.</summary>
    public void Release() => sources.ForEach(source => source.Release());

    protected ParameterScope Scope(ParameterSource source, string prefix = "")
    {
        sources.Add(source);
        return new ParameterScope(source, prefix);
    }
}
