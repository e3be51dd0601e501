using System.IO.Enumeration;
using TorchSharp.Modules;

namespace Alignment.Training;

/// <summary>Puts the trained weights into groups that have a learning rate and a decay of their own.</summary>
internal static class ParameterGroups
{
    /// <summary>The groups as AdamW takes them, each with its share of the learning rate.</summary>
    /// <param name="trained">The trained weights by name, with what is stepped of each.</param>
    /// <param name="options">The groups, and what holds for all.</param>
    /// <param name="highestRate">The learning rate of what is in no group.</param>
    /// <exception cref="ArgumentException">A group has no trained weight.</exception>
    public static IReadOnlyList<(AdamW.ParamGroup Group, double RateFactor)> Of(
        IReadOnlyList<(string Name, Parameter Stepped)> trained, OptimizerOptions options, double highestRate)
    {
        var places = trained.Select(entry => Array.FindIndex([.. options.Groups], group => FileSystemName.MatchesSimpleExpression(group.Names, entry.Name, ignoreCase: false))).ToList();
        var groups = new List<(AdamW.ParamGroup, double)>();
        for (var place = -1; place < options.Groups.Count; place++)
        {
            var own = place < 0 ? null : options.Groups[place];
            var weights = trained.Where((_, i) => places[i] == place).Select(entry => entry.Stepped).ToList();
            if (own is not null && weights.Count == 0)
                throw new ArgumentException($"Each of Optimizer.Groups must have a trained weight of its own; '{own.Names}' has none. Weights are called {string.Join(", ", trained.Take(3).Select(entry => entry.Name))}, ...");
            var rate = own?.LearningRate ?? highestRate;
            Add(weights.Where(weight => weight.dim() >= 2), own?.WeightDecay ?? options.WeightDecay);
            Add(weights.Where(weight => weight.dim() < 2), 0);

            void Add(IEnumerable<Parameter> parameters, double decay) =>
                groups.Add((new AdamW.ParamGroup(parameters, rate, options.Beta1, options.Beta2, options.Epsilon, decay), rate / highestRate));
        }
        return groups;
    }
}
