// The native half of the TorchSharp stand-in. It wraps no operator: a call names one of PyTorch's own operators and brings
// tagged arguments, which go to the dispatcher as boxed values. So every libtorch version works and each C# method is one line.
// Tensors cross the border as owned TensorImpl pointers.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/ScalarOps.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/grad_mode.h>
#include <torch/cuda.h>
#include <torch/custom_class.h>
#include <torch/version.h>

#include <array>
#include <cstring>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#if defined(__GNUC__)
#define EXPORT extern "C" __attribute__((visibility("default")))
#else
#define EXPORT extern "C"
#endif

namespace {

using torch::autograd::variable_list;

// ---- errors: the last one of a thread, as text; entry points answer a failure value and never throw ----------------

thread_local std::string last_error;

template <typename F, typename R>
R guarded(R failure, F&& body) {
  try {
    return body();
  } catch (const std::exception& e) {
    last_error = e.what();
  } catch (...) {
    last_error = "unknown native error";
  }
  return failure;
}

// ---- tensors -------------------------------------------------------------------------------------------------------

using Impl = c10::TensorImpl;

Impl* give(at::Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

at::Tensor borrow(Impl* impl) {
  if (impl == nullptr) return {};
  c10::raw::intrusive_ptr::incref(impl);
  return at::Tensor(c10::intrusive_ptr<Impl, c10::UndefinedTensorImpl>::reclaim(impl));
}

variable_list borrow_all(Impl* const* impls, int64_t count) {
  variable_list list;
  list.reserve(count);
  for (int64_t i = 0; i < count; ++i) list.push_back(borrow(impls[i]));
  return list;
}

// ---- boxed values: the same tags on the C# side (Arg.cs) -----------------------------------------------------------

enum Tag : int64_t {
  kDefault = 0, kNone, kTensor, kInt, kDouble, kBool, kInts, kDoubles, kTensors, kString, kDevice, kGenerator, kOptionalTensors
};

struct Value {
  int64_t tag;
  int64_t bits;   // the number itself, or a pointer
  int64_t count;  // of a list; the index of a device
};

double as_double(int64_t bits) {
  double d;
  std::memcpy(&d, &bits, sizeof d);
  return d;
}

int64_t as_bits(double d) {
  int64_t bits;
  std::memcpy(&bits, &d, sizeof bits);
  return bits;
}

// "int[1] dim" takes one number for a list of one.
bool is_list(const c10::Argument& argument) {
  auto type = argument.type();
  if (auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
  return type->kind() == c10::TypeKind::ListType;
}

// A number where the operator takes a tensor: one that, as in Python, has no say in the type of the result.
at::Tensor wrapped(const at::Scalar& number) {
  auto tensor = c10::scalar_to_tensor(number);
  tensor.unsafeGetTensorImpl()->set_wrapped_number(true);
  return tensor;
}

c10::IValue boxed(const Value& v, const c10::Argument& argument) {
  const bool as_tensor = argument.type()->kind() == c10::TypeKind::TensorType;
  if (as_tensor && v.tag == kInt) return wrapped(v.bits);
  if (as_tensor && v.tag == kDouble) return wrapped(as_double(v.bits));
  if (as_tensor && v.tag == kBool) return wrapped(v.bits != 0);
  switch (v.tag) {
    case kDefault:
      if (argument.default_value()) return *argument.default_value();
      return {};
    case kNone: return {};
    case kTensor: return borrow(reinterpret_cast<Impl*>(v.bits));
    case kInt:
      if (argument.type()->kind() == c10::TypeKind::FloatType) return static_cast<double>(v.bits);
      if (is_list(argument)) return c10::List<int64_t>({v.bits});
      return v.bits;
    case kDouble: return as_double(v.bits);
    case kBool: return v.bits != 0;
    case kInts: {
      auto* p = reinterpret_cast<const int64_t*>(v.bits);
      c10::List<int64_t> list;
      list.reserve(v.count);
      for (int64_t i = 0; i < v.count; ++i) list.push_back(p[i]);
      return list;
    }
    case kDoubles: {
      auto* p = reinterpret_cast<const double*>(v.bits);
      c10::List<double> list;
      for (int64_t i = 0; i < v.count; ++i) list.push_back(p[i]);
      return list;
    }
    case kTensors: {
      auto* p = reinterpret_cast<Impl* const*>(v.bits);
      c10::List<at::Tensor> list;
      list.reserve(v.count);
      for (int64_t i = 0; i < v.count; ++i) list.push_back(borrow(p[i]));
      return list;
    }
    case kOptionalTensors: {
      auto* p = reinterpret_cast<Impl* const*>(v.bits);
      c10::List<c10::optional<at::Tensor>> list;
      for (int64_t i = 0; i < v.count; ++i) {
        if (p[i]) list.push_back(borrow(p[i])); else list.push_back(c10::nullopt);
      }
      return list;
    }
    case kString: return std::string(reinterpret_cast<const char*>(v.bits), v.count);
    case kDevice: return c10::Device(static_cast<c10::DeviceType>(v.bits), static_cast<c10::DeviceIndex>(v.count));
    case kGenerator: return *reinterpret_cast<at::Generator*>(v.bits);
  }
  TORCH_CHECK(false, "unknown argument tag ", v.tag);
}

void append(std::vector<Value>& out, const c10::IValue& v) {
  if (v.isTensor()) out.push_back({kTensor, reinterpret_cast<int64_t>(give(v.toTensor())), 0});
  else if (v.isTensorList()) for (auto&& t : v.toTensorVector()) out.push_back({kTensor, reinterpret_cast<int64_t>(give(t)), 0});
  else if (v.isBool()) out.push_back({kBool, v.toBool(), 0});
  else if (v.isInt()) out.push_back({kInt, v.toInt(), 0});
  else if (v.isDouble()) out.push_back({kDouble, as_bits(v.toDouble()), 0});
  else out.push_back({kNone, 0, 0});
}

thread_local std::vector<Value> results;
thread_local torch::jit::Stack stack;

// ---- custom functions: the node keeps a managed object alive and calls back into it --------------------------------

using Forward = int64_t (*)(int64_t managed, void* context, Impl*** outputs);
using Backward = int64_t (*)(int64_t managed, void* context, Impl** gradients, int64_t count, Impl*** outputs);
using Release = void (*)(int64_t managed);

struct ManagedNode : torch::CustomClassHolder {
  int64_t managed;
  Release release;
  ManagedNode(int64_t managed, Release release) : managed(managed), release(release) {}
  ~ManagedNode() override { release(managed); }
};

// A callback answers a count and an array of owned tensors that stays its own; a negative count is an exception, already kept by C#.
variable_list take(int64_t count, Impl** outputs) {
  if (count < 0) throw std::runtime_error("an exception was thrown in a managed callback");
  variable_list list;
  for (int64_t i = 0; i < count; ++i)
    list.push_back(outputs[i] ? at::Tensor(c10::intrusive_ptr<Impl, c10::UndefinedTensorImpl>::reclaim(outputs[i])) : at::Tensor());
  return list;
}

struct Application {
  int64_t managed;
  Forward forward;
  Backward backward;
  Release release;
};

// Function::apply sees tensors only as arguments of their own, never inside a list; the application comes after them.
struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
  template <typename... Arguments>
  static variable_list forward(torch::autograd::AutogradContext* context, Arguments&&... arguments) {
    const Application* application = std::get<sizeof...(Arguments) - 1>(std::forward_as_tuple(arguments...));
    context->saved_data["node"] = c10::IValue::make_capsule(c10::make_intrusive<ManagedNode>(application->managed, application->release));
    context->saved_data["managed"] = application->managed;
    context->saved_data["backward"] = reinterpret_cast<int64_t>(application->backward);
    Impl** outputs = nullptr;
    auto count = application->forward(application->managed, context, &outputs);
    return take(count, outputs);
  }

  static variable_list backward(torch::autograd::AutogradContext* context, variable_list gradients) {
    std::vector<Impl*> given;
    for (auto& g : gradients) given.push_back(give(g));
    Impl** outputs = nullptr;
    auto call = reinterpret_cast<Backward>(context->saved_data["backward"].toInt());
    auto count = call(context->saved_data["managed"].toInt(), context, given.data(), static_cast<int64_t>(given.size()), &outputs);
    auto list = take(count, outputs);
    list.emplace_back();  // of the application
    return list;
  }
};

template <size_t... I>
variable_list apply_to(const variable_list& inputs, const Application* application, std::index_sequence<I...>) {
  return ManagedFunction::apply(inputs[I]..., application);
}

template <size_t N>
variable_list apply_n(const variable_list& inputs, const Application* application) {
  return apply_to(inputs, application, std::make_index_sequence<N>());
}

using Apply = variable_list (*)(const variable_list&, const Application*);

template <size_t... N>
constexpr std::array<Apply, sizeof...(N)> applies(std::index_sequence<N...>) { return {apply_n<N>...}; }

constexpr size_t kMostInputs = 64;
constexpr auto kApply = applies(std::make_index_sequence<kMostInputs + 1>());

}  // namespace

EXPORT const char* shim_last_error() { return last_error.c_str(); }

// ---- operators -----------------------------------------------------------------------------------------------------

EXPORT const c10::OperatorHandle* shim_op_find(const char* name, const char* overload) {
  return guarded(static_cast<const c10::OperatorHandle*>(nullptr), [&]() -> const c10::OperatorHandle* {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    return found ? new c10::OperatorHandle(*found) : nullptr;  // one for the life of the process
  });
}

EXPORT int64_t shim_op_call(const c10::OperatorHandle* op, const Value* arguments, int64_t count, const Value** out) {
  return guarded(int64_t{-1}, [&] {
    const auto& schema = op->schema().arguments();
    TORCH_CHECK(count <= static_cast<int64_t>(schema.size()), op->schema(), " takes ", schema.size(), " arguments, got ", count);
    torch::jit::Stack local;
    std::swap(local, stack);  // keeps the memory of the last call, and survives a call from inside a call
    local.clear();
    for (size_t i = 0; i < schema.size(); ++i)
      local.push_back(boxed(i < static_cast<size_t>(count) ? arguments[i] : Value{kDefault, 0, 0}, schema[i]));
    op->callBoxed(&local);
    results.clear();
    for (auto& v : local) append(results, v);
    local.clear();
    std::swap(local, stack);
    *out = results.data();
    return static_cast<int64_t>(results.size());
  });
}

// ---- tensors -------------------------------------------------------------------------------------------------------

EXPORT void shim_tensor_release(Impl* t) { c10::raw::intrusive_ptr::decref(t); }
EXPORT Impl* shim_tensor_alias(Impl* t) { c10::raw::intrusive_ptr::incref(t); return t; }
EXPORT int64_t shim_tensor_dim(Impl* t) { return t->dim(); }
EXPORT int64_t shim_tensor_numel(Impl* t) { return t->numel(); }
EXPORT int64_t shim_tensor_dtype(Impl* t) { return static_cast<int64_t>(c10::typeMetaToScalarType(t->dtype())); }
EXPORT int64_t shim_tensor_item_size(Impl* t) { return static_cast<int64_t>(t->dtype().itemsize()); }
EXPORT int64_t shim_tensor_device_type(Impl* t) { return static_cast<int64_t>(t->device().type()); }
EXPORT int64_t shim_tensor_device_index(Impl* t) { return t->device().index(); }
EXPORT int64_t shim_tensor_storage_offset(Impl* t) { return t->storage_offset(); }
EXPORT bool shim_tensor_is_contiguous(Impl* t) { return t->is_contiguous(); }
EXPORT bool shim_tensor_requires_grad(Impl* t) { return borrow(t).requires_grad(); }
EXPORT bool shim_tensor_is_leaf(Impl* t) { return borrow(t).is_leaf(); }
EXPORT bool shim_tensor_is_sparse(Impl* t) { return borrow(t).is_sparse(); }

EXPORT void shim_tensor_sizes(Impl* t, int64_t* out) { for (auto s : t->sizes()) *out++ = s; }
EXPORT void shim_tensor_strides(Impl* t, int64_t* out) { for (auto s : t->strides()) *out++ = s; }

EXPORT void* shim_tensor_data(Impl* t) {
  return guarded(static_cast<void*>(nullptr), [&] { return borrow(t).data_ptr(); });
}

EXPORT void* shim_tensor_storage_data(Impl* t) {
  return guarded(static_cast<void*>(nullptr), [&] { return const_cast<void*>(static_cast<const void*>(borrow(t).storage().data())); });
}

EXPORT int64_t shim_tensor_storage_bytes(Impl* t) {
  return guarded(int64_t{-1}, [&] { return static_cast<int64_t>(borrow(t).storage().nbytes()); });
}

EXPORT int64_t shim_tensor_set_requires_grad(Impl* t, bool value) {
  return guarded(int64_t{-1}, [&] { borrow(t).set_requires_grad(value); return int64_t{0}; });
}

EXPORT Impl* shim_tensor_grad(Impl* t) { return guarded(static_cast<Impl*>(nullptr), [&] { return give(borrow(t).grad()); }); }

EXPORT int64_t shim_tensor_set_grad(Impl* t, Impl* grad) {
  return guarded(int64_t{-1}, [&] { borrow(t).mutable_grad() = borrow(grad); return int64_t{0}; });
}

EXPORT int64_t shim_tensor_retain_grad(Impl* t) {
  return guarded(int64_t{-1}, [&] { borrow(t).retain_grad(); return int64_t{0}; });
}

// ---- autograd ------------------------------------------------------------------------------------------------------

EXPORT bool shim_grad_enabled() { return c10::GradMode::is_enabled(); }
EXPORT void shim_set_grad_enabled(bool value) { c10::GradMode::set_enabled(value); }
EXPORT void* shim_inference_begin(bool value) { return new c10::InferenceMode(value); }
EXPORT void shim_inference_end(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
EXPORT bool shim_inference_enabled() { return c10::InferenceMode::is_enabled(); }

EXPORT int64_t shim_backward(Impl* const* tensors, int64_t count, Impl* const* gradients, int64_t gradient_count, bool retain, bool create,
                             Impl* const* inputs, int64_t input_count) {
  return guarded(int64_t{-1}, [&] {
    torch::autograd::backward(borrow_all(tensors, count), borrow_all(gradients, gradient_count), retain, create,
                              borrow_all(inputs, input_count));
    return int64_t{0};
  });
}

EXPORT int64_t shim_grad(Impl* const* outputs, int64_t count, Impl* const* inputs, int64_t input_count, Impl* const* gradients,
                         int64_t gradient_count, bool retain, bool create, bool allow_unused, Impl** out) {
  return guarded(int64_t{-1}, [&] {
    auto list = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count), borrow_all(gradients, gradient_count),
                                      retain, create, allow_unused);
    for (auto& t : list) *out++ = give(t);
    return static_cast<int64_t>(list.size());
  });
}

EXPORT int64_t shim_function_apply(Impl* const* inputs, int64_t count, int64_t managed, Forward forward, Backward backward, Release release,
                                   const Value** out) {
  return guarded(int64_t{-1}, [&] {
    TORCH_CHECK(count <= static_cast<int64_t>(kMostInputs), "a custom function takes at most ", kMostInputs, " tensors, got ", count);
    const Application application{managed, forward, backward, release};
    auto list = kApply[count](borrow_all(inputs, count), &application);
    results.clear();
    for (auto& t : list) append(results, t);
    *out = results.data();
    return static_cast<int64_t>(results.size());
  });
}

EXPORT int64_t shim_context_save(torch::autograd::AutogradContext* context, Impl* const* tensors, int64_t count) {
  return guarded(int64_t{-1}, [&] { context->save_for_backward(borrow_all(tensors, count)); return int64_t{0}; });
}

EXPORT int64_t shim_context_saved(torch::autograd::AutogradContext* context, const Value** out) {
  return guarded(int64_t{-1}, [&] {
    results.clear();
    for (auto& t : context->get_saved_variables()) results.push_back({kTensor, reinterpret_cast<int64_t>(give(t)), 0});
    *out = results.data();
    return static_cast<int64_t>(results.size());
  });
}

EXPORT int64_t shim_context_mark(torch::autograd::AutogradContext* context, Impl* const* tensors, int64_t count, bool dirty) {
  return guarded(int64_t{-1}, [&] {
    if (dirty) context->mark_dirty(borrow_all(tensors, count)); else context->mark_non_differentiable(borrow_all(tensors, count));
    return int64_t{0};
  });
}

EXPORT void shim_context_materialize(torch::autograd::AutogradContext* context, bool value) { context->set_materialize_grads(value); }

EXPORT bool shim_anomaly_enabled() { return torch::autograd::AnomalyMode::is_enabled(); }
EXPORT bool shim_anomaly_checks_nan() { return torch::autograd::AnomalyMode::should_check_nan(); }
EXPORT void shim_set_anomaly(bool enabled, bool check_nan) { torch::autograd::AnomalyMode::set_enabled(enabled, check_nan); }

// ---- random numbers ------------------------------------------------------------------------------------------------

EXPORT at::Generator* shim_generator_default() {
  return new at::Generator(at::globalContext().defaultGenerator(at::Device(at::kCPU)));
}

EXPORT at::Generator* shim_generator_new(uint64_t seed, int64_t device_type, int64_t index) {
  return guarded(static_cast<at::Generator*>(nullptr), [&] {
    TORCH_CHECK(device_type == 0, "only CPU generators can be made");
    (void)index;
    auto source = at::globalContext().defaultGenerator(at::Device(at::kCPU)).clone();
    source.set_current_seed(seed);
    return new at::Generator(source);
  });
}

EXPORT void shim_generator_release(at::Generator* g) { delete g; }
EXPORT void shim_generator_seed(at::Generator* g, uint64_t seed) { g->set_current_seed(seed); }
EXPORT uint64_t shim_generator_initial_seed(at::Generator* g) { return g->current_seed(); }
EXPORT Impl* shim_generator_state(at::Generator* g) {
  return guarded(static_cast<Impl*>(nullptr), [&] { return give(g->get_state()); });
}
EXPORT int64_t shim_generator_set_state(at::Generator* g, Impl* state) {
  return guarded(int64_t{-1}, [&] { g->set_state(borrow(state)); return int64_t{0}; });
}
EXPORT void shim_manual_seed(uint64_t seed) { at::manual_seed(seed); }

// ---- the machine ---------------------------------------------------------------------------------------------------

EXPORT const char* shim_version() { return TORCH_VERSION; }
EXPORT int64_t shim_num_threads() { return at::get_num_threads(); }
EXPORT void shim_set_num_threads(int64_t n) { at::set_num_threads(static_cast<int>(n)); }
EXPORT int64_t shim_num_interop_threads() { return at::get_num_interop_threads(); }
EXPORT void shim_set_num_interop_threads(int64_t n) { at::set_num_interop_threads(static_cast<int>(n)); }
EXPORT bool shim_cuda_available() { return guarded(false, [] { return torch::cuda::is_available(); }); }
EXPORT int64_t shim_cuda_count() { return guarded(int64_t{0}, [] { return static_cast<int64_t>(torch::cuda::device_count()); }); }
EXPORT int64_t shim_cuda_synchronize(int64_t index) {
  return guarded(int64_t{-1}, [&] { torch::cuda::synchronize(index); return int64_t{0}; });
}
EXPORT void shim_cuda_seed(uint64_t seed) { torch::cuda::manual_seed_all(seed); }
EXPORT bool shim_tf32_matmul() { return at::globalContext().allowTF32CuBLAS(); }
EXPORT void shim_set_tf32_matmul(bool value) { at::globalContext().setAllowTF32CuBLAS(value); }
EXPORT bool shim_tf32_cudnn() { return at::globalContext().allowTF32CuDNN(); }
EXPORT void shim_set_tf32_cudnn(bool value) { at::globalContext().setAllowTF32CuDNN(value); }
