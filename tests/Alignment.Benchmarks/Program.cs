using System.Globalization;
using Alignment.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["operators"]:
        OperatorCost.Print();
        return 0;
    case ["life", .. var settings]:
        TrainingLife.Print(settings);
        return 0;
    case ["training"]:
        TrainingSpeed.Print();
        return 0;
    case ["checkpointing"]:
        CheckpointingMemory.Print();
        return 0;
    case ["checkpointing", var way]:
        CheckpointingMemory.PrintOne(way);
        return 0;
    case ["step", "ours" or "padded", var name, var threads]:
        StepWorker.Run(args[1], StepSetting.Parse(name), int.Parse(threads, CultureInfo.InvariantCulture));
        return 0;
    case ["step", "parts", .. var words]:
        StepParts.Print(words);
        return 0;
    case ["step", .. var words]:
        StepBenchmark.Print(words);
        return 0;
    case ["memory"]:
        MemoryEstimates.Print();
        return 0;
    case ["memory", var name]:
        MemoryEstimates.PrintOne(name);
        return 0;
    case ["ppo", .. var settings]:
        PpoSpeed.Print(settings);
        return 0;
    case ["load", .. var settings]:
        ModelLoading.Print(settings);
        return 0;
    case ["generation", .. var settings]:
        GenerationSpeed.Print(settings);
        return 0;
    case ["reading", .. var settings]:
        await ReadingSpeed.PrintAsync(settings);
        return 0;
    case ["report", .. var settings]:
        DataReportSpeed.Print(settings);
        return 0;
    case ["tokenizers", var folder, .. var texts]:
        TokenizerSpeed.Print(folder, texts);
        return 0;
    case ["encoding", var folder, .. var texts]:
        EncodingSpeed.Print(folder, texts);
        return 0;
    case ["transforms", .. var settings]:
        await TransformSpeed.PrintAsync(settings);
        return 0;
    default:
        Console.Error.WriteLine("""
            operators            microseconds a small operator costs with its dispose
            training             tokens a second forward and backward at 34 M parameters, against the rate of one large product
            step [N [R]] [W...]  a DPO step beside the padded one with full logits, on N threads, best of R rounds, where the name has all W
            step parts [WORDS]   where the time of that step goes, in milliseconds of one processor
            checkpointing        memory and time of a step with activation checkpointing and without
            memory               the memory that a run counts before it starts, beside the peak that it then has
            ppo [N]              tokens a second of rollout and update over N iterations (200), and live tensors
            load                 MB/s of saving and loading models of 500 MB, and the peak of memory while loading
            generation [N]       tokens a second of 8 prompts at 34 M parameters, greedy and sampled, on N threads (libtorch's own number)
            report               seconds and peak memory of a data report on 100,000 pairs of 1,500 characters
            reading              rows a second and peak of memory of reading a million plain pairs and 100,000 conversations
            tokenizers D T...    tokens a second of every tokenizer.json below D over texts: .jsonl files, folders of C# or text files
            encoding D T...      rows a second from 10,000 pairs of words of texts T to batches, with tokenizer and chat template of the folder D
            transforms [N]       rows a second and memory of writing, splitting, shuffling, mixing and deduplicating N pairs (100,000)
            life [small] [N]     live tensors and resident set over N training steps (1000); small: with mallopt(M_MMAP_THRESHOLD, 65536)
            """);
        return 2;
}
