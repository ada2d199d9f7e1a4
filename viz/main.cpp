// The program `glassbox`. So far it says which hot loops this machine can run.
#include <iostream>

#include "engine/kernels.h"

int main() {
  for (const nn::Kernels* kernels : nn::available_kernels()) std::cout << kernels->name << "\n";
}
