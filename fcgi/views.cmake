# Views: every views/*.html becomes C by viewc, then the static library `views` (with view.c).
# Included by fcgi/CMakeLists.txt. The target `assets` compiles the style sheet where npm is found.

add_executable(viewc ${CMAKE_CURRENT_LIST_DIR}/viewc.c ${CMAKE_CURRENT_LIST_DIR}/viewc_html.c)

file(GLOB VIEW_FILES CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/views/*.html)
set(VIEW_DIR ${CMAKE_CURRENT_BINARY_DIR}/views)
file(MAKE_DIRECTORY ${VIEW_DIR})
set(VIEW_SOURCES)
foreach(file IN LISTS VIEW_FILES)
  get_filename_component(name ${file} NAME_WE)
  # The path in #line is the one from the top of the checkout, so that messages can be clicked.
  file(RELATIVE_PATH shown ${CMAKE_SOURCE_DIR} ${file})
  add_custom_command(OUTPUT ${VIEW_DIR}/${name}.c
    COMMAND viewc -o ${VIEW_DIR}/${name}.c ${shown}
    DEPENDS viewc ${file}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "view ${name}"
    VERBATIM)
  list(APPEND VIEW_SOURCES ${VIEW_DIR}/${name}.c)
endforeach()

add_library(views STATIC ${VIEW_SOURCES} ${CMAKE_CURRENT_LIST_DIR}/view.c)
target_include_directories(views PUBLIC ${CMAKE_CURRENT_LIST_DIR})
# After all other folders: views/stats.h must not hide the stats.h of the domain.
target_include_directories(views SYSTEM PUBLIC ${CMAKE_CURRENT_LIST_DIR}/views)
target_link_libraries(views PUBLIC util PRIVATE PkgConfig::QRENCODE)
# A struct of the wrong kind in a template is an error everywhere, not only in CI.
target_compile_options(views PRIVATE -Werror=incompatible-pointer-types -Werror=int-conversion
  -Werror=missing-prototypes -Werror=implicit-function-declaration)

# Static files: static/build.sh OUT makes minsheng.css, minsheng.js, icons.svg. Without npm the sheet is plain.css.
set(ASSETS_DIR ${CMAKE_BINARY_DIR}/static)
find_program(NPM npm)
file(GLOB ASSET_FILES CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/static/*)
add_custom_command(OUTPUT ${ASSETS_DIR}/minsheng.css
  COMMAND ${CMAKE_CURRENT_LIST_DIR}/static/build.sh ${ASSETS_DIR} ${CMAKE_CURRENT_BINARY_DIR}/npm
  DEPENDS ${ASSET_FILES} ${CMAKE_CURRENT_LIST_DIR}/package.json ${CMAKE_CURRENT_LIST_DIR}/package-lock.json
  COMMENT "static files"
  VERBATIM)
add_custom_target(assets ALL DEPENDS ${ASSETS_DIR}/minsheng.css)
if(NOT NPM)
  message(STATUS "npm not found: the pages use plain.css")
endif()
