using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models.Tests.Adapters;

/// <summary>Who owns what, and that nothing is left over.</summary>
public sealed class AdapterLifeTests
{
    [Fact]
    public void An_adapter_outlives_the_scope_in_which_it_was_made()
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var folder = new TemporaryFolder();
        using (NewDisposeScope())
        {
            TinyAdapters.Add(model, "a", TinyAdapters.Everything with { ModulesToSave = ["lm_head"] }, 1);
            model.Adapters.Save("a", folder.File("a"));
            model.Adapters.Load("b", folder.File("a"), isTrainable: true);
            model.Adapters.Merge("a");
        }
        model.Adapters.Unmerge();
        using var scope = NewDisposeScope();
        Assert.True(TinyAdapters.Logits(model).isfinite().all().item<bool>());
        var parameters = model.Adapters.Parameters("b");
        model.Adapters.Remove("b");
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Fifty_steps_leave_no_tensors_behind(bool usesCheckpointing)
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        model.Backbone.UsesActivationCheckpointing = usesCheckpointing;
        TinyAdapters.Add(model, "a", TinyAdapters.Everything with { Dropout = 0.1, ModulesToSave = ["lm_head"] }, 1);
        TinyAdapters.Add(model, "b", TinyAdapters.Everything, 2);
        long Step()
        {
            using (NewDisposeScope())
            {
                using var layout = TinyAdapters.Layout();
                var loss = TinyAdapters.Loss(model, layout);
                using (model.WithAdapter("b")) loss += TinyAdapters.Loss(model, layout);
                using (no_grad())
                using (model.WithoutAdapters()) TinyAdapters.Loss(model, layout);
                loss.backward();
                model.zero_grad();
            }
            model.Adapters.Merge("a");
            model.Adapters.Unmerge();
            return Tensor.TotalCount;
        }
        Collect();
        Step();
        var count = Step();
        for (var i = 0; i < 50; i++) Assert.Equal(count, Step());
    }

    [Fact]
    public void Outside_a_scope_only_results_are_left()
    {
        using var model = TinyAdapters.Model("a");
        using var layout = TinyAdapters.Layout();
        Collect();
        var count = Tensor.TotalCount;
        using (var hidden = model.Hidden(layout)) Assert.Equal(count + 1, Tensor.TotalCount);
        model.Adapters.Merge("a");
        Assert.Equal(count + 14, Tensor.TotalCount);   // what the fourteen matrices were
        model.Adapters.Unmerge();
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Fact]
    public void An_adapter_that_cannot_be_read_leaves_the_model_as_it_was()
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var folder = new TemporaryFolder();
        using (var other = TinyAdapters.Model("a")) other.Adapters.Save("a", folder.Path);
        var path = folder.File("adapter_model.safetensors");
        var bytes = File.ReadAllBytes(path);
        Collect();
        var count = Tensor.TotalCount;
        var names = model.named_parameters().Select(entry => entry.name).ToList();
        using (NewDisposeScope())
        {
            Dictionary<string, Tensor> tensors;
            using (var file = SafetensorsFile.Open(path)) tensors = file.Names.ToDictionary(name => name, file.Read);
            const string Last = "base_model.model.model.layers.1.mlp.down_proj.lora_B.weight";   // all others have been read by then
            tensors[Last] = tensors[Last].to(ScalarType.Int32);
            SafetensorsWriter.Write(path, tensors.Select(entry => (entry.Key, entry.Value)));
        }
        Assert.Equal(count, Tensor.TotalCount);
        var e = Assert.Throws<SafetensorsException>(() => model.Adapters.Load("a", folder.Path, false));
        Assert.EndsWith("dtype must convert to Float32; was I32.", e.Message, StringComparison.Ordinal);
        Assert.Equal(count + 28, Tensor.TotalCount);   // making a Parameter of a tensor leaves that tensor's count, here for each of them
        Assert.Equal(names, model.named_parameters().Select(entry => entry.name));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        File.WriteAllBytes(path, bytes);
        model.Adapters.Load("a", folder.Path, false);
        Assert.Equal("a", model.ActiveAdapter);
    }

    [Fact]
    public void An_adapter_that_cannot_be_made_frees_what_it_was_given_at_once()
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        var part = model.Backbone.named_modules().Select(entry => entry.module).OfType<Projection>().First();
        var given = new List<Parameter>();
        Assert.Throws<ArithmeticException>(() =>
        {
            Adapter.Make("a", new LoraOptions(), [new AdapterStep("q_proj", part, 2)], new Failing(given), isTrainable: true, text: null);
        });
        Assert.True(Assert.Single(given).IsInvalid);
        Assert.DoesNotContain(model.named_parameters(), entry => AdapterNames.AdapterOf(entry.name) is not null);
    }

    private sealed class Failing(List<Parameter> given) : AdapterSource
    {
        public override ParameterScope Of(AdapterStep step, string group) =>
            group == AdapterNames.Up ? throw new ArithmeticException() : Scope(new Noting(given));

        public override ParameterScope OfCopy(AdapterStep step) => throw new NotSupportedException();
    }

    private sealed class Noting(List<Parameter> given) : ParameterSource(ScalarType.Float32, CPU)
    {
        public override Parameter Take(string name, long[] shape, InitialValue initial)
        {
            given.Add(Allocate(shape));
            return given[^1];
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
