using System.Text.RegularExpressions;

namespace Alignment.Models;

/// <summary>Which parts of a model an adapter changes, and how.</summary>
internal static class AdapterPlan
{
    /// <summary>The steps of an adapter that comes from a file: names that match nothing are passed over, as PEFT does.</summary>
    /// <exception cref="ArgumentException">Nothing matches, or a pattern takes too long.</exception>
    /// <exception cref="UnsupportedModelException">A target is not a linear layer, or a head would drop its inputs.</exception>
    public static IReadOnlyList<AdapterStep> Of(LoraOptions options, IReadOnlyList<NamedPart> parts)
    {
        try
        {
            AdapterStep[] steps = [.. parts.Select(part => Step(options, part)).OfType<AdapterStep>()];
            return steps.Length > 0
                ? steps
                : throw new ArgumentException("The adapter must name at least one module of the model; none matches.", nameof(options));
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ArgumentException(
                $"A pattern must match a name within a second; {SafetensorsException.Quoted(e.Pattern)} does not.", nameof(options), e);
        }
    }

    /// <summary>As <see cref="Of"/>, and each name and pattern must match something: whoever writes one means it.</summary>
    public static IReadOnlyList<AdapterStep> OfEveryName(LoraOptions options, IReadOnlyList<NamedPart> parts)
    {
        var steps = Of(options, parts);
        var updated = steps.Where(step => step.Rank is not null).Select(step => step.Name).ToList();
        foreach (var name in options.Targets.Names ?? [])
            Require(parts.Any(part => LoraTargets.EndsWith(part.Name, name)), nameof(options.Targets), "modules of the model", name);
        foreach (var name in options.Targets.Exclude)
            Require(parts.Any(part => LoraTargets.EndsWith(part.Name, name)), nameof(LoraTargets.Exclude), "modules of the model", name);
        foreach (var name in options.ModulesToSave)
            Require(parts.Any(part => LoraTargets.EndsWith(part.Name, name)), nameof(options.ModulesToSave), "projections or embeddings of the model", name);
        foreach (var key in options.RankPattern.Keys)
            Require(updated.Exists(NamePattern.End(key, nameof(options.RankPattern)).IsMatch), nameof(options.RankPattern), "targets of the adapter", key);
        foreach (var key in options.AlphaPattern.Keys)
            Require(updated.Exists(NamePattern.End(key, nameof(options.AlphaPattern)).IsMatch), nameof(options.AlphaPattern), "targets of the adapter", key);
        return steps;
    }

    private static AdapterStep? Step(LoraOptions options, NamedPart named)
    {
        var (name, part, isInner) = named;
        // PEFT takes any end of a name here, after a dot or not: where that makes a difference, the tensors of a file tell.
        if (LoraTargets.IsAmong(options.ModulesToSave, name)) return new AdapterStep(name, part, null);
        if (!options.Targets.Match(name, isInner && part.Sizes is not null)) return null;
        if (part.Sizes is null)
            throw new UnsupportedModelException(
                $"A target of LoRA must be a linear layer; '{name}' is an embedding. {nameof(LoraOptions.ModulesToSave)} trains a copy of it.");
        if (!isInner && options.Dropout > 0)
            throw new UnsupportedModelException(
                $"{nameof(LoraOptions.Dropout)} must be 0 where '{name}' is a target: its update is added to the weight, where there is no input to drop.");
        return new AdapterStep(name, part, options.RankOf(name));
    }

    private static void Require(bool isMatched, string property, string allowed, string name)
    {
        if (!isMatched)
            throw new ArgumentException($"{property} must name {allowed}; {SafetensorsException.Quoted(name)} matches none.", property);
    }
}
