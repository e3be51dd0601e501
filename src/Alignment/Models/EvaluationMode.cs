using static TorchSharp.torch;

namespace Alignment;

/// <summary>A model and all its parts in evaluation mode until disposed; then each is again as it was.</summary>
internal readonly struct EvaluationMode : IDisposable
{
    private readonly (nn.Module Module, bool IsTraining)[] modules;   // parents before children, since a parent's mode is passed on

    public EvaluationMode(nn.Module model)
    {
        (nn.Module Module, bool IsTraining)[] all = [(model, model.training), .. model.modules().Select(module => (module, module.training))];
        modules = all.Any(module => module.IsTraining) ? all : [];
        if (modules.Length > 0) model.eval();
    }

    public void Dispose()
    {
        foreach (var (module, isTraining) in modules) module.train(isTraining);
    }
}
